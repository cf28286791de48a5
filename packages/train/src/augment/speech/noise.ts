/** Noises, as waves in [−1, 1]: coloured noise, the hum of the mains, other people talking. All of power 1/100. */
import type { Random } from '../../random.ts';

export const noiseColours = ['white', 'pink', 'brown'] as const;
export type NoiseColour = (typeof noiseColours)[number];

/** Root mean square of every noise made here. */
const level = 0.1;

/**
 * `length` samples of noise whose power is the same at all frequencies (white), falls with frequency (pink, by Kellet's
 * filter of three poles, within 0.5 dB above 10 Hz at 44.1 kHz) or with its square (brown, a leaky sum).
 */
export function colouredNoise(colour: NoiseColour, length: number, random: Random): Float32Array {
  const out = new Float32Array(length);
  let [a, b, c] = [0, 0, 0];
  for (let at = 0; at < length; at++) {
    const white = random.normal();
    if (colour === 'white') out[at] = white;
    else if (colour === 'brown') {
      a = 0.998 * a + white;
      out[at] = a;
    } else {
      a = 0.99765 * a + white * 0.099046;
      b = 0.963 * b + white * 0.2965164;
      c = 0.57 * c + white * 1.0526913;
      out[at] = a + b + c + white * 0.1848;
    }
  }
  return levelled(out);
}

/** The hum of the mains, 50 or 60 Hz with its first harmonics, each at a random strength and phase. */
export function hum(length: number, random: Random, sampleRateHz = 16_000): Float32Array {
  const base = random.uniform() < 0.5 ? 50 : 60;
  const harmonics = Array.from({ length: 8 }, (_, at) => ({
    turn: (2 * Math.PI * base * (at + 1)) / sampleRateHz,
    strength: random.uniform() / (at + 1),
    phase: 2 * Math.PI * random.uniform(),
  }));
  const out = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    for (const { turn, strength, phase } of harmonics)
      out[at] = (out[at] ?? 0) + strength * Math.sin(turn * at + phase);
  }
  return levelled(out);
}

/** Several voices at once, at like levels, each repeated and started anywhere: `length` samples. */
export function babble(voices: readonly Float32Array[], length: number, random: Random): Float32Array {
  if (voices.length === 0 || voices.some((voice) => voice.length === 0)) {
    throw new RangeError('babble: at least one voice, none of them empty');
  }
  const out = new Float32Array(length);
  for (const voice of voices) {
    const gain = 1 / Math.max(1e-9, Math.sqrt(meanPower(voice)));
    const start = random.integer(voice.length);
    for (let at = 0; at < length; at++) {
      out[at] = (out[at] ?? 0) + gain * (voice[(start + at) % voice.length] ?? 0);
    }
  }
  return levelled(out);
}

export function meanPower(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return samples.length === 0 ? 0 : sum / samples.length;
}

function levelled(samples: Float32Array): Float32Array {
  const gain = level / Math.max(1e-9, Math.sqrt(meanPower(samples)));
  for (let at = 0; at < samples.length; at++) samples[at] = (samples[at] ?? 0) * gain;
  return samples;
}
