/** How the examples of a batch become the parts that `TrainingStep.runParts` runs. */
import { Tensor } from '@x-llm/ort';
import type { StepInputs } from './training-step.ts';

/** Examples of a part: fewer would be small work for a matrix product. */
const fewest = 4;
const mostParts = 4;
/** Gradients that all parts have together, at most, in values: 512 MB. */
const mostGradients = 2 ** 27;

/**
 * In how many equal parts a batch is run whose examples may be dealt out: up to four of at least four examples, fewer where
 * each would need much memory for the gradients of `parameters` values.
 */
export const partsWithin = (batch: number, parameters: number): number =>
  [mostParts, 3, 2].find(
    (count) => batch % count === 0 && batch / count >= fewest && count * parameters <= mostGradients,
  ) ?? 1;

/** Cuts every input along its first axis into as many equal parts, without a copy. @throws RangeError when one cannot be cut so. */
export function partsOf(inputs: StepInputs, count: number): StepInputs[] {
  return Array.from({ length: count }, (_, part) =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, tensor]) => [name, partOf(name, tensor, part, count)]),
    ),
  );
}

function partOf(name: string, { dtype, shape, data }: Tensor, part: number, count: number): Tensor {
  const [rows = 0, ...rest] = shape;
  if (rows === 0 || rows % count !== 0) {
    throw new RangeError(`${name} [${shape}] cannot be cut into ${count} equal parts`);
  }
  const size = data.length / count;
  return Tensor.from(dtype, data.subarray(part * size, (part + 1) * size), [rows / count, ...rest]);
}

/**
 * Deals rows to `count` parts of equal number whose sizes add up to about the same: the largest first, there and back
 * again. Two parts differ by no more than the largest and the smallest row do.
 * @throws RangeError when they cannot be dealt evenly.
 */
export function dealt<Row>(rows: readonly Row[], count: number, sizeOf: (row: Row) => number): Row[][] {
  if (rows.length % count !== 0) throw new RangeError(`${rows.length} rows for ${count} equal parts`);
  const parts = Array.from({ length: count }, (): Row[] => []);
  for (const [index, row] of rows.toSorted((a, b) => sizeOf(b) - sizeOf(a)).entries()) {
    const place = index % (2 * count);
    parts[place < count ? place : 2 * count - 1 - place]?.push(row);
  }
  return parts;
}

/** How many `labels` are asked in each part: its weight, where its loss is the mean over them. */
export const labelCounts = (parts: readonly StepInputs[]): number[] =>
  parts.map(({ labels }) => {
    if (!(labels?.data instanceof BigInt64Array)) throw new TypeError('no int64 labels');
    return labels.data.reduce((count, label) => (label < 0n ? count : count + 1), 0);
  });
