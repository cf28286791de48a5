/** From what an engine gives to what is stored: 16 kHz, trimmed, at a level, as features. */
import { type Features, fbank, kaiserBest, type ResampleFilter, resample, type Waveform } from '@x-llm/media';
import type { UtterancePlan } from './plan.ts';

export const sampleRateHz = 16_000;

/** Utterances outside are left out. */
const seconds = { least: 0.4, most: 6 };

/** Four times as fast as `kaiserBest`, and its aliases lie below −80 dB too; it gives up what is above 7 kHz. */
const filter: ResampleFilter = { ...kaiserBest, zeroCrossings: 16, rolloff: 0.87 };

/**
 * The rate that sound is taken to have, slower, plain and faster by a tenth. All have a large divisor in common with
 * 16 kHz, which makes resampling cheap; 22,000 instead of 22,050 is a pitch lower by 4 cents.
 */
const rates: Readonly<Record<number, readonly [slower: number, plain: number, faster: number]>> = {
  8000: [7200, 8000, 8800],
  16000: [14_400, 16_000, 17_600],
  22050: [20_000, 22_000, 24_000],
  44100: [40_000, 44_000, 48_000],
};

/** The first and one past the last sample that are heard: within 40 dB of the loudest 10 ms. Undefined: silence. */
export function heardPart(samples: Float32Array): { start: number; end: number } | undefined {
  const block = sampleRateHz / 100;
  const energies = Array.from({ length: Math.ceil(samples.length / block) }, (_, at) =>
    samples.subarray(at * block, (at + 1) * block).reduce((sum, value) => sum + value * value, 0),
  );
  const threshold = Math.max(...energies, 0) * 1e-4;
  if (threshold === 0) return undefined;
  const first = energies.findIndex((energy) => energy > threshold);
  const last = energies.findLastIndex((energy) => energy > threshold);
  return { start: first * block, end: Math.min(samples.length, (last + 1) * block) };
}

/**
 * The part that is heard, between silences of `lead` and `tail` seconds, at `level` decibels of full scale or as near to
 * it as goes without clipping. Undefined: silence.
 */
export function setIn(
  samples: Float32Array,
  { lead, tail, level }: Pick<UtterancePlan, 'lead' | 'tail' | 'level'>,
): Float32Array | undefined {
  const heard = heardPart(samples);
  if (!heard) return undefined;
  const speech = samples.subarray(heard.start, heard.end);
  const before = Math.round(lead * sampleRateHz);
  const out = new Float32Array(before + speech.length + Math.round(tail * sampleRateHz));
  const { power, peak } = measure(speech);
  const gain = Math.min(10 ** (level / 20) / Math.sqrt(power), 0.99 / peak);
  for (let at = 0; at < speech.length; at++) out[before + at] = (speech[at] ?? 0) * gain;
  return out;
}

/** The wave at 16 kHz; undefined when nothing is heard, or for less than 0.4 or more than 6 seconds. */
export function renderWave(
  sound: Waveform,
  plan: Pick<UtterancePlan, 'tempo' | 'lead' | 'tail' | 'level'>,
): Float32Array | undefined {
  const rate = rates[sound.sampleRateHz]?.[plan.tempo + 1] ?? sound.sampleRateHz;
  const wave = setIn(resample(sound.samples, rate, sampleRateHz, filter), plan);
  const inRange =
    wave && wave.length >= seconds.least * sampleRateHz && wave.length <= seconds.most * sampleRateHz;
  return inRange ? wave : undefined;
}

function measure(samples: Float32Array): { power: number; peak: number } {
  let [sum, peak] = [0, 0];
  for (const value of samples) {
    sum += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  return { power: sum / samples.length, peak };
}

/** Kaldi's log mel energies, [frames, 80], as the encoder gets them from a user's recording. */
export function speechFeatures(samples: Float32Array): Features {
  return fbank(samples, { window: 'povey' });
}
