/** What a recording may sound like: another voice, noise, gaps. On log mel energies, so that it costs next to nothing. */
import { normaliseUtterance } from '@x-llm/media';
import {
  addFeatures,
  colouredNoise,
  createRandom,
  hum,
  mixFeaturesAtSnr,
  noiseColours,
  specAugment,
  warpFrequency,
  warpTime,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { type SpeechCorpus, speechFeatures } from '../data/speech/index.ts';
import { recipeSeed, speechEncoderConfig } from './config.ts';

const bins = speechEncoderConfig.inputWidth;

/** Features as the encoder takes them, nothing changed. */
export const plainSpeech = (data: Float32Array): Float32Array =>
  normaliseUtterance({ shape: [data.length / bins, bins], data }).data;

/** Seconds of each noise that is kept, and how many of a kind. */
const noise = { seconds: 6, each: 4 };
const sampleRateHz = 16_000;

/** Changes a recording, and normalises it: [frames, 80] → [frames', 80]. */
export type AugmentSpeech = (features: Float32Array, rng: Rng) => Promise<Float32Array>;

/** Draws babble from the corpus; other noises are made once. */
export function speechAugmenter(corpus: SpeechCorpus): AugmentSpeech {
  const random = createRandom(new Rng(recipeSeed, 62).bits());
  const length = noise.seconds * sampleRateHz;
  const kept = Array.from({ length: noise.each }, () => [
    ...noiseColours.map((colour) => colouredNoise(colour, length, random)),
    hum(length, random),
  ])
    .flat()
    .map((wave) => speechFeatures(wave).data);

  const babble = async (rng: Rng): Promise<Float32Array> => {
    let sum = await corpus.read(rng.int(corpus.utterances.length));
    for (let voice = rng.int(3); voice > 0; voice--) {
      sum = addFeatures(sum, await corpus.read(rng.int(corpus.utterances.length)), 0, bins);
    }
    return sum;
  };

  return async (features, rng) => {
    let heard = features;
    if (rng.chance(0.6)) heard = warpFrequency(heard, rng.between(0.87, 1.15), bins);
    if (rng.chance(0.3)) heard = warpTime(heard, rng.between(0.9, 1.1), bins);
    if (rng.chance(0.45)) {
      const other = rng.chance(0.5) ? await babble(rng) : rng.pick(kept);
      heard = mixFeaturesAtSnr(heard, other, rng.between(-2, 22), bins);
    }
    if (rng.chance(0.8)) {
      const options = { bins, frequencyWidth: 15, timeWidth: 30, timeShare: 0.08 };
      heard = specAugment(heard, createRandom(rng.bits()), options);
    }
    return plainSpeech(heard);
  };
}
