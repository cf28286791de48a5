/** A share of right answers with its 95 % confidence interval. */
export interface Proportion {
  readonly count: number;
  readonly correct: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % of a normal distribution lies below. */
const z = 1.959963984540054;

/**
 * Wilson's score interval (J. Am. Stat. Assoc. 22, 1927), which is right for few samples and near 0 and 1 as well.
 *
 *     wilson(8, 10) // { count: 10, correct: 8, low: 0.49, high: 0.94 }
 *
 * @throws RangeError without samples: there is no share of nothing.
 */
export function wilson(correct: number, count: number): Proportion {
  if (!(count > 0 && correct >= 0 && correct <= count)) {
    throw new RangeError(`wilson: expected 0 ≤ correct ≤ count and count > 0, got ${correct} of ${count}`);
  }
  const share = correct / count;
  const scale = 1 + (z * z) / count;
  const centre = (share + (z * z) / (2 * count)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  // Exact at the ends, where rounding would leave 1e-18.
  const low = correct === 0 ? 0 : centre - half;
  const high = correct === count ? 1 : centre + half;
  return { count, correct, low, high };
}
