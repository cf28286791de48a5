/** What a recording may sound like: another voice, noise, gaps. On log mel energies, so that it costs next to nothing. */
import { normaliseUtterance } from '@x-llm/media';
import {
  changeDynamics,
  changeHiss,
  changePace,
  createRandom,
  moveFormants,
  sharpenFormants,
  sharpenTransitions,
  specAugment,
  warpFrequency,
  warpTime,
} from '@x-llm/train';
import type { Rng } from '../data/index.ts';
import { makeNoiseBank, type SpeechCorpus } from '../data/speech/index.ts';
import { recipeSeed, speechEncoderConfig } from './config.ts';

const bins = speechEncoderConfig.inputWidth;

/** Features as the encoder takes them, nothing changed. */
export const plainSpeech = (data: Float32Array): Float32Array =>
  normaliseUtterance({ shape: [data.length / bins, bins], data }).data;

/** Changes a recording, and normalises it: [frames, 80] → [frames', 80]. */
export type AugmentSpeech = (features: Float32Array, rng: Rng) => Float32Array;

export interface SpeechAugmenter {
  /** Another voice, other vowels, another speed and rhythm, noise, gaps; each now and then. */
  readonly change: AugmentSpeech;
  /** Noise about as loud as the speech, and nothing else. */
  readonly drown: AugmentSpeech;
}

const drawn = (count: number, rng: Rng, least: number, most: number): number[] =>
  Array.from({ length: count }, () => rng.between(least, most));

/** Draws babble from the corpus, once, with the other noises. */
export async function speechAugmenter(corpus: SpeechCorpus): Promise<SpeechAugmenter> {
  const noises = await makeNoiseBank(corpus, recipeSeed);
  return {
    change(features, rng) {
      let heard = features;
      if (rng.chance(0.7)) heard = warpFrequency(heard, rng.between(0.82, 1.22), bins);
      if (rng.chance(0.5)) heard = moveFormants(heard, drawn(5, rng, 0.86, 1.16), bins);
      if (rng.chance(0.4)) heard = sharpenFormants(heard, rng.between(-0.8, 0.8), 7, bins);
      if (rng.chance(0.4))
        heard = sharpenTransitions(heard, rng.between(-0.8, 0.6), 2 * rng.int(3) + 3, bins);
      if (rng.chance(0.4)) heard = changeHiss(heard, rng.between(-1.5, 1.5), bins);
      if (rng.chance(0.4)) heard = changeDynamics(heard, rng.between(-0.3, 0.3), bins);
      if (rng.chance(0.4)) heard = warpTime(heard, rng.between(0.9, 1.1), bins);
      if (rng.chance(0.5)) heard = changePace(heard, drawn(6, rng, 0.75, 1.3), bins);
      if (rng.chance(0.45)) heard = noises.mix(heard, rng.between(-2, 22), rng);
      else if (rng.chance(0.4)) heard = noises.mix(heard, rng.between(22, 45), rng); // no room is as silent as a synthesiser
      if (rng.chance(0.8)) {
        const options = { bins, frequencyWidth: 15, timeWidth: 30, timeShare: 0.08 };
        heard = specAugment(heard, createRandom(rng.bits()), options);
      }
      return plainSpeech(heard);
    },
    drown: (features, rng) => plainSpeech(noises.mix(features, rng.between(-5, 8), rng)),
  };
}
