/** How sure a number is that was computed from a sample. */
import { createRandom } from '../random.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly seed?: number;
  readonly resamples?: number;
  /** Share of the distribution inside. */
  readonly level?: number;
}

/**
 * Percentile bootstrap (Efron, Ann. Stat. 7, 1979): the statistic of as many items drawn again with replacement, many
 * times; the interval holds the middle 95 % of what comes out. Equal seeds give equal intervals. What belongs together
 * (two systems asked the same) is one item: the interval of a difference is then that of pairs. Values that are no
 * numbers (a ratio to nothing) are left out.
 *
 *     bootstrap(scores, (drawn) => mean(drawn)) // { low: 0.41, high: 0.57 }
 *
 * @throws RangeError without items.
 */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (drawn: readonly T[]) => number,
  options: BootstrapOptions = {},
): Interval {
  return bootstrapGroups([items], ([drawn = []]) => statistic(drawn), options);
}

/** The same for several samples, each drawn again by itself: a statistic of strata, which keep their sizes. */
export function bootstrapGroups<T>(
  groups: readonly (readonly T[])[],
  statistic: (drawn: readonly (readonly T[])[]) => number,
  { seed = 1, resamples = 1000, level = 0.95 }: BootstrapOptions = {},
): Interval {
  if (groups.length === 0 || groups.some((items) => items.length === 0))
    throw new RangeError('bootstrap: there are no items to draw from');
  const random = createRandom(seed);
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = groups.map((items) => items.map(() => items[random.integer(items.length)] as T));
    const value = statistic(drawn);
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const outside = (1 - level) / 2;
  return { low: quantile(values, outside), high: quantile(values, 1 - outside) };
}

/** Linear between the order statistics; NaN of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
