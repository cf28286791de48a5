import type { Features } from './features.ts';
import { PowerSpectrum } from './fft.ts';
import { whisperMelFilters } from './mel.ts';

const size = 400;
const hopSamples = 160;
const melBins = 80;

/** 30 s at 16 kHz: the length that Whisper's encoder is made for. */
export const whisperSamples = 480_000;

export interface LogMelOptions {
  /** Pads the clip with silence, or cuts it, to so many samples first; Whisper's is `whisperSamples`. */
  readonly paddedSamples?: number;
}

/**
 * Whisper's log-mel spectrogram of `samples` [n] at 16 kHz in [−1, 1): [80, floor(n / 160)], mel bins
 * first. OpenAI's whisper/audio.py: frames of 400 around every 160th sample, reflected at the ends,
 * periodic Hann window, the last frame dropped, log10, at most 8 below the loudest of the (padded)
 * clip, (x + 4) / 4.
 *
 * `logMel(samples, { paddedSamples: whisperSamples })` → [80, 3000]. Throws RangeError for a clip of
 * fewer than 201 samples, which cannot be reflected.
 */
export function logMel(
  samples: Float32Array,
  { paddedSamples = samples.length }: LogMelOptions = {},
): Features {
  const count = paddedSamples;
  if (!Number.isInteger(count) || count <= size / 2) {
    throw new RangeError(`logMel: needs more than ${size / 2} samples, got ${count}; pad the clip`);
  }
  const clip = samples.subarray(0, count);
  const window = Float64Array.from(
    { length: size },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size),
  );
  const spectrum = new PowerSpectrum(size);
  const filters = whisperMelFilters(size, melBins);
  const frames = Math.floor(count / hopSamples);
  const logs = new Float64Array(melBins * frames); // [melBins, frames]
  const frame = new Float64Array(size);
  const power = new Float64Array(spectrum.bins);
  let loudest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < frames; index++) {
    const start = index * hopSamples - size / 2;
    for (let at = 0; at < size; at++) {
      const place = Math.abs(start + at);
      const reflected = place < count ? place : 2 * (count - 1) - place;
      frame[at] = (clip[reflected] ?? 0) * (window[at] ?? 0); // beyond the clip lies the padding
    }
    spectrum.transform(frame, power);
    for (let bin = 0; bin < melBins; bin++) {
      const value = Math.log10(Math.max(1e-10, filters.energy(bin, power)));
      logs[bin * frames + index] = value;
      loudest = Math.max(loudest, value);
    }
  }
  const data = Float32Array.from(logs, (value) => (Math.max(value, loudest - 8) + 4) / 4);
  return { shape: [melBins, frames], data };
}
