/** Runs in a thread: rows of a matrix to numbers of few bits and their scales. */
import {
  blockScales,
  dtypes,
  isFiniteData,
  packBlocks,
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
}: RowsTask): QuantizedRows | 'not finite' {
  const values = toFloat32(dtype, dtypes[dtype].wrap(bytes));
  if (!values) throw new TypeError(`no matrix is ${dtype}`); // checked before
  if (!isFiniteData('float32', values)) return 'not finite';
  const scales = blockScales(values, columns, quantization);
  const packed = packBlocks(values, columns, scales, quantization);
  const rows = values.length / columns;
  const sample = Math.min(rows, comparedRows);
  const back = unpackBlocks(
    packed.subarray(0, (sample * packed.length) / rows),
    scales.subarray(0, (sample * scales.length) / rows),
    columns,
    quantization,
  );
  const squaredError = relativeError(back, values.subarray(0, sample * columns)) ** 2;
  move(scales.buffer);
  move(packed.buffer);
  return { scales, packed, squaredError };
}
