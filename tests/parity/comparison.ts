/** How far a computed tensor is from the expected one. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import type { Tensor } from '@x-llm/ort';

/**
 * - `relative`: max|a−b| / max|b| over the tensor; max|a| where b is all zero.
 * - `absolute`: max|a−b|.
 * - `mean`: mean|a−b|.
 * - `noise`: rms(a−b) / rms(b); 10^(−s/20) is a signal-to-noise ratio of s dB.
 * - `exact`: how many elements differ; the limit is 0.
 */
export type Measure = 'relative' | 'absolute' | 'mean' | 'noise' | 'exact';

export interface Tolerance {
  readonly measure: Measure;
  readonly limit: number;
}

export const relative = (limit: number): Tolerance => ({ measure: 'relative', limit });
export const absolute = (limit: number): Tolerance => ({ measure: 'absolute', limit });
export const mean = (limit: number): Tolerance => ({ measure: 'mean', limit });
/** A signal-to-noise ratio of at least so many decibels. */
export const noise = (decibels: number): Tolerance => ({ measure: 'noise', limit: 10 ** (-decibels / 20) });
export const exact: Tolerance = { measure: 'exact', limit: 0 };

/** One line of the report. It passes when `error` is at most the limit; NaN never is. */
export interface Comparison extends Tolerance {
  readonly tensor: string;
  readonly error: number;
  /** Why there is no number: a tensor that was not computed, or has another shape. */
  readonly problem?: string;
}

export const passes = ({ error, limit, problem }: Comparison): boolean =>
  problem === undefined && error <= limit;

/** Anything with a shape and elements. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number | bigint>;
}

export const scalar = (value: number): Values => ({ shape: [], data: [value] });
export const list = (values: readonly number[]): Values => ({ shape: [values.length], data: values });
/** A float tensor of a file. */
export const stored = (file: SafetensorsFile, name: string): Values => ({
  shape: file.info(name).shape,
  data: file.readFloat32(name),
});

/** A copy that outlives the session's memory. */
export const copyOf = (tensor: Tensor): Values => ({ shape: [...tensor.shape], data: tensor.data.slice() });

/** Compares one tensor. */
export function compare(
  tensor: string,
  actual: Values | undefined,
  expected: Values,
  by: Tolerance,
): Comparison {
  const missing = (problem: string): Comparison => ({ tensor, ...by, error: Number.NaN, problem });
  if (!actual) return missing('was not computed');
  if (actual.shape.join() !== expected.shape.join()) {
    return missing(`has shape [${actual.shape}], expected [${expected.shape}]`);
  }
  return { tensor, ...by, error: measures[by.measure](actual.data, expected.data) };
}

/** Integers that have to be equal. */
export const sameNumbers = (
  name: string,
  actual: readonly number[],
  expected: readonly number[],
): Comparison =>
  compare(
    name,
    { shape: [actual.length], data: actual },
    { shape: [expected.length], data: expected },
    exact,
  );

const measures: Record<Measure, (a: Values['data'], b: Values['data']) => number> = {
  relative: (a, b) => {
    const scale = largest(b.length, (i) => Math.abs(Number(b[i])));
    return largestDifference(a, b) / (scale === 0 ? 1 : scale);
  },
  absolute: largestDifference,
  mean: (a, b) => sum(b.length, (i) => Math.abs(Number(a[i]) - Number(b[i]))) / Math.max(1, b.length),
  noise: (a, b) => {
    const energy = sum(b.length, (i) => Number(b[i]) ** 2);
    return Math.sqrt(sum(b.length, (i) => (Number(a[i]) - Number(b[i])) ** 2) / (energy === 0 ? 1 : energy));
  },
  exact: (a, b) => {
    let different = 0;
    for (let i = 0; i < b.length; i++) if (Number(a[i]) !== Number(b[i])) different++;
    return different;
  },
};

function largestDifference(a: Values['data'], b: Values['data']): number {
  return largest(b.length, (i) => Math.abs(Number(a[i]) - Number(b[i])));
}

function sum(count: number, value: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += value(i);
  return total;
}

/** The largest value; NaN as soon as one is. */
function largest(count: number, value: (index: number) => number): number {
  let most = 0;
  for (let i = 0; i < count; i++) {
    const here = value(i);
    if (Number.isNaN(here)) return Number.NaN;
    if (here > most) most = here;
  }
  return most;
}

/**
 * Compares every tensor of `expected` with the one of its name. One that was not computed fails, so that no
 * expectation is passed over in silence; integers must be equal whatever the tolerance says. `prepare` is applied to
 * both sides first, to leave out what does not count.
 */
export function compareAll(
  expected: Pick<SafetensorsFile, 'tensors' | 'read'>,
  actual: ReadonlyMap<string, Values>,
  toleranceOf: (tensor: string) => Tolerance,
  prepare: (tensor: string, values: Values) => Values = (_, values) => values,
): Comparison[] {
  return [...expected.tensors].map(([name, { dtype, shape }]) => {
    const computed = actual.get(name);
    const [ours, theirs] = [
      computed && prepare(name, computed),
      prepare(name, { shape, data: expected.read(name) }),
    ];
    return compare(name, ours, theirs, isInteger(dtype) ? exact : toleranceOf(name));
  });
}

const isInteger = (dtype: string): boolean => !dtype.includes('float');

/** Zeros in place of the rows (of the last axis) for which `mask` is not 1: those that a README says not to compare. */
export function hideRows({ shape, data }: Values, mask: ArrayLike<number | bigint>): Values {
  const width = shape.at(-1) ?? 1;
  const shown = Array.from(data, (value, i) =>
    Number(mask[Math.floor(i / width)]) === 1 ? Number(value) : 0,
  );
  return { shape, data: shown };
}

/** The first `count` of the second axis. */
export function firstSlots({ shape, data }: Values, count: number): Values {
  const [rows = 0, slots = 0, ...rest] = shape;
  const width = rest.reduce((product, size) => product * size, 1);
  const all = Array.from(data, Number);
  const kept = Array.from({ length: rows }, (_, row) =>
    all.slice(row * slots * width, (row * slots + count) * width),
  );
  return { shape: [rows, count, ...rest], data: kept.flat() };
}
