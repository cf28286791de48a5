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

/** Kept between tasks. */
let scratch = new Float32Array(0);

export default function work({
  dtype,
  bytes,
  columns,
  quantization,
}: RowsTask): QuantizedRows | 'not finite' {
  const read = dtypes[dtype].wrap(bytes);
  if (scratch.length < read.length) scratch = new Float32Array(read.length);
  const values = toFloat32(dtype, read, scratch.subarray(0, read.length));
  if (!values) throw new TypeError(`no matrix is ${dtype}`); // checked before
  const scales = blockScales(values, columns, quantization);
  if (!isFiniteData('float32', scales)) return 'not finite';
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
  move(bytes);
  return { scales, packed, squaredError, bytes };
}
