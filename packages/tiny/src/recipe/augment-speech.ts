/** What a recording may sound like: another voice, noise, gaps. On log mel energies, so that it costs next to nothing. */
import { normaliseUtterance } from '@x-llm/media';
import type { Rng } from '../data/index.ts';
import type { SpeechCorpus } from '../data/speech/index.ts';
import { speechEncoderConfig } from './config.ts';

const bins = speechEncoderConfig.inputWidth;

/** Where babble comes from. */
export interface Noises {
  readonly corpus: SpeechCorpus;
  readonly places: readonly number[];
}

/** Features as the encoder takes them: nothing changed. */
export const plainSpeech = (data: Float32Array): Float32Array =>
  normaliseUtterance({ shape: [data.length / bins, bins], data }).data;

/** Changes `features` [frames, 80], which are the caller's, and normalises them. */
export async function augmentSpeech(features: Float32Array, rng: Rng, noises: Noises): Promise<Float32Array> {
  let heard = features;
  if (rng.chance(0.6)) heard = warpFrequencies(heard, rng.between(0.87, 1.15));
  if (rng.chance(0.45))
    heard = addNoise(heard, await drawNoise(heard.length / bins, rng, noises), rng.between(-2, 22));
  heard = plainSpeech(heard);
  return rng.chance(0.8) ? mask(heard, rng) : heard;
}

/** Another vocal tract: band b takes what was heard in band b·factor. */
function warpFrequencies(features: Float32Array, factor: number): Float32Array {
  const out = new Float32Array(features.length);
  for (let from = 0; from < features.length; from += bins) {
    for (let bin = 0; bin < bins; bin++) {
      const at = Math.min(bins - 1, bin * factor);
      const low = Math.floor(at);
      const share = at - low;
      const high = Math.min(bins - 1, low + 1);
      out[from + bin] = (1 - share) * (features[from + low] ?? 0) + share * (features[from + high] ?? 0);
    }
  }
  return out;
}

/** Log mel energies of a noise: a colour, or other people talking. */
async function drawNoise(frames: number, rng: Rng, { corpus, places }: Noises): Promise<Float32Array> {
  const noise = new Float32Array(frames * bins);
  if (rng.chance(0.5)) {
    const slope = rng.between(-0.06, 0.02);
    return noise.map((_, at) => slope * (at % bins) + 0.7 * (rng.next() + rng.next() - 1));
  }
  const powers = new Float32Array(frames * bins);
  const voices = 1 + rng.int(3);
  for (let voice = 0; voice < voices; voice++) {
    const other = await corpus.read(rng.pick(places));
    const shift = bins * rng.int(other.length / bins);
    for (let at = 0; at < powers.length; at++)
      powers[at] = (powers[at] ?? 0) + Math.exp(other[(at + shift) % other.length] ?? 0);
  }
  return noise.map((_, at) => Math.log(powers[at] ?? 1));
}

/** Powers add, those of two sounds that have nothing to do with each other. `decibels`: speech over noise. */
function addNoise(speech: Float32Array, noise: Float32Array, decibels: number): Float32Array {
  const gain = (meanPower(speech) / meanPower(noise)) * 10 ** (-decibels / 10);
  return speech.map((value, at) => Math.log(Math.exp(value) + gain * Math.exp(noise[at] ?? 0)));
}

const meanPower = (features: Float32Array): number =>
  features.reduce((sum, value) => sum + Math.exp(value), 0) / features.length;

/** SpecAugment (arXiv 1904.08779): bands and stretches of time are set to the mean, 0. */
function mask(features: Float32Array, rng: Rng): Float32Array {
  const frames = features.length / bins;
  for (let count = 0; count < 2; count++) {
    const width = rng.int(16);
    const from = rng.int(bins - width);
    for (let frame = 0; frame < frames; frame++)
      features.fill(0, frame * bins + from, frame * bins + from + width);
    const long = rng.int(Math.max(1, Math.floor(0.08 * frames)));
    const start = rng.int(frames - long);
    features.fill(0, start * bins, (start + long) * bins);
  }
  return features;
}
