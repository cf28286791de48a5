/** A recording as it might have been: said faster or slower, in noise, with gaps. On log mel features. */
import type { Random } from '../../random.ts';
import { beginAt, mixFeaturesAtSnr } from './mix.ts';
import { type SpecAugmentOptions, specAugment, wholeFrames } from './spec-augment.ts';
import { warpFrequency, warpTime } from './warp.ts';

type Range = readonly [least: number, most: number];

export interface SpeechChanges {
  /** Factors of speed perturbation (Ko et al. 2015): pace and pitch change together, as when a record turns faster. */
  readonly speed?: Range | undefined;
  readonly noise?:
    | {
        /** Log mel features [frames, bins] of each noise, not normalised. */
        readonly noises: readonly Float32Array[];
        readonly snrDb: Range;
        /** How many of the recordings are in noise. */
        readonly share: number;
      }
    | undefined;
  /** Masks over frequency and time. */
  readonly specAugment?: Omit<SpecAugmentOptions, 'bins'> | undefined;
}

/**
 * Changes `features` [frames, bins], natural logarithms that are not normalised, by what `random` draws: [frames', bins].
 *
 *     changeSpeech(features, { speed: [0.9, 1.1] }, createRandom(seedOf(seed, step)));
 */
export function changeSpeech(
  features: Float32Array,
  { speed, noise, specAugment: masks }: SpeechChanges,
  random: Random,
  bins = 80,
): Float32Array {
  const between = ([least, most]: Range): number => least + (most - least) * random.uniform();
  let heard = features;
  if (speed) {
    const factor = between(speed);
    heard = warpTime(warpFrequency(heard, factor, bins), factor, bins);
  }
  if (noise && random.uniform() < noise.share) {
    const drawn = noise.noises[random.integer(noise.noises.length)];
    if (!drawn) throw new RangeError('changeSpeech: there is no noise');
    const turned = beginAt(drawn, random.integer(wholeFrames(drawn, bins)), bins);
    heard = mixFeaturesAtSnr(heard, turned, between(noise.snrDb), bins);
  }
  return masks ? specAugment(heard, random, { ...masks, bins }) : heard;
}
