/** Runs in a thread: rows of a matrix to numbers of few bits and their scales. */
import {
  dtypes,
  isFiniteData,
  quantizeBlocks,
  relativeError,
  toFloat32,
  unpackBlocks,
} from '@x-llm/checkpoint';
import { move } from 'piscina';
import type { QuantizedRows, RowsTask } from './quantize.ts';

/** Rows that are compared with what their numbers stand for; to unpack all takes as long as to pack them. */
const comparedRows = 64;

export default function work({
  dtype,
  bytes,
  columns,
  quantization,
  into,
}: RowsTask): QuantizedRows | 'not finite' {
  const values = dtypes[dtype].wrap(bytes);
  const { scales, packed } = quantizeBlocks(dtype, values, columns, quantization, into);
  if (!isFiniteData('float32', scales)) return 'not finite';
  const rows = values.length / columns;
  const sample = Math.min(rows, comparedRows);
  const back = unpackBlocks(
    packed.subarray(0, (sample * packed.length) / rows),
    scales.subarray(0, (sample * scales.length) / rows),
    columns,
    quantization,
  );
  const exact = toFloat32(dtype, values.slice(0, sample * columns));
  const squaredError = exact ? relativeError(back, exact) ** 2 : Number.NaN;
  move(bytes);
  return { squaredError, bytes };
}
