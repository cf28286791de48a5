/** Noises as features, to be mixed into speech while training: made in memory from a seed and the speech itself. */
import {
  addFeatures,
  beginAt,
  colouredNoise,
  createRandom,
  hum,
  mixFeaturesAtSnr,
  noiseColours,
  seedOf,
} from '@x-llm/train';
import { Rng } from '../rng.ts';
import type { SpeechCorpus } from './corpus.ts';
import { melBins } from './layout.ts';
import { sampleRateHz, speechFeatures } from './render.ts';

export interface Noise {
  readonly kind: 'white' | 'pink' | 'brown' | 'hum' | 'babble';
  /** Log mel energies, [frames, 80]. */
  readonly features: Float32Array;
}

export interface NoiseBank {
  readonly noises: readonly Noise[];
  /** The speech in one of the noises, starting anywhere in it, at `snrDb` decibels: [frames, 80]. */
  mix(speech: Float32Array, snrDb: number, rng: Rng): Float32Array;
}

const seconds = 10;
const [perKind, babbles] = [3, 24];

/**
 * White, pink and brown noise and hum, three of each, and 24 times 4 to 8 people of `corpus` talking at once.
 *
 *     const noises = await makeNoiseBank(speech, 1);
 *     const noisy = noises.mix(await speech.read(n), rng.between(0, 25), rng);
 */
export async function makeNoiseBank(corpus: SpeechCorpus, seed: number): Promise<NoiseBank> {
  const noises: Noise[] = [];
  const length = seconds * sampleRateHz;
  for (let take = 0; take < perKind; take++) {
    for (const kind of noiseColours) {
      const wave = colouredNoise(kind, length, createRandom(seedOf(seed, kind, take)));
      noises.push({ kind, features: speechFeatures(wave).data });
    }
    const wave = hum(length, createRandom(seedOf(seed, 'hum', take)));
    noises.push({ kind: 'hum', features: speechFeatures(wave).data });
  }
  for (let take = 0; take < babbles; take++) {
    noises.push({ kind: 'babble', features: await babbleFeatures(corpus, new Rng(seed, 31, take)) });
  }
  return {
    noises,
    mix(speech, snrDb, rng) {
      const { features } = rng.pick(noises);
      const turned = beginAt(features, rng.int(features.length / melBins), melBins);
      return mixFeaturesAtSnr(speech, turned, snrDb);
    },
  };
}

/** As long as its longest voice; the others are repeated. */
async function babbleFeatures(corpus: SpeechCorpus, rng: Rng): Promise<Float32Array> {
  const voices: Float32Array[] = [];
  const count = 4 + rng.int(5);
  for (let voice = 0; voice < count; voice++) {
    voices.push(await corpus.read(rng.int(corpus.utterances.length)));
  }
  const [longest, ...others] = voices.toSorted((a, b) => b.length - a.length);
  if (!longest) throw new RangeError('babble: no voices');
  const loudness = (features: Float32Array): number =>
    Math.log(features.reduce((sum, value) => sum + Math.exp(value), 0) / features.length);
  const level = loudness(longest);
  return others.reduce((sum, voice) => addFeatures(sum, voice, level - loudness(voice)), longest);
}
