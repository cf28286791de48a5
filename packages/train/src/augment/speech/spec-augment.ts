/**
 * Changes of log mel features while training: masks (SpecAugment, Park et al. 2019, arXiv:1904.08779) and another vocal
 * tract (VTLP, Jaitly & Hinton 2013). Features are [frames, bins] of natural logarithms, row after row, and are never
 * changed in place. Random numbers come from `Random`, so that a batch can be a function of its step.
 */
import type { Random } from '../../random.ts';

export interface SpecAugmentOptions {
  readonly bins?: number;
  /** Masks over frequency, and the widest one in bins (the paper's F). */
  readonly frequencyMasks?: number;
  readonly frequencyWidth?: number;
  /** Masks over time, and the longest one in frames (the paper's T). */
  readonly timeMasks?: number;
  readonly timeWidth?: number;
  /** No mask over time is longer than this share of the utterance (the paper's p). */
  readonly timeShare?: number;
}

/**
 * Features with bands of frequency and stretches of time set to their mean, [frames, bins]; policy LD of the paper, with
 * T bounded by a share of the length, since an utterance may last half a second.
 *
 *     specAugment(features, createRandom(seedOf(seed, step)), { timeWidth: 30 })
 *
 * @throws RangeError unless the features are whole frames.
 */
export function specAugment(
  features: Float32Array,
  random: Random,
  options: SpecAugmentOptions = {},
): Float32Array {
  const { bins = 80, frequencyMasks = 2, frequencyWidth = 27 } = options;
  const { timeMasks = 2, timeWidth = 50, timeShare = 0.15 } = options;
  const frames = wholeFrames(features, bins);
  const out = features.slice();
  const mean = features.reduce((sum, value) => sum + value, 0) / Math.max(1, features.length);
  for (let mask = 0; mask < frequencyMasks; mask++) {
    const width = random.integer(Math.min(frequencyWidth, bins) + 1);
    const first = random.integer(bins - width + 1);
    for (let frame = 0; frame < frames; frame++) {
      out.fill(mean, frame * bins + first, frame * bins + first + width);
    }
  }
  for (let mask = 0; mask < timeMasks; mask++) {
    const width = random.integer(Math.floor(Math.min(timeWidth, timeShare * frames)) + 1);
    const first = random.integer(frames - width + 1);
    out.fill(mean, first * bins, (first + width) * bins);
  }
  return out;
}

/** Frames of the features. @throws RangeError if the last one is incomplete. */
export function wholeFrames(features: Float32Array, bins: number): number {
  if (features.length % bins !== 0) {
    throw new RangeError(`${features.length} features are no whole frames of ${bins} bins`);
  }
  return features.length / bins;
}
