/** Runs in a thread: rows of a matrix to scales, or with them to numbers of few bits. */
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
import type { FoundScales, PackedRows, PackTask, ScalesTask } from './quantize.ts';

/** Rows that are compared with what their numbers stand for; to unpack all takes as long as to pack them. */
const comparedRows = 64;

export default function work(task: ScalesTask | PackTask): FoundScales | PackedRows {
  const values = toFloat32(task.dtype, dtypes[task.dtype].wrap(task.bytes));
  if (!values) throw new TypeError(`no matrix is ${task.dtype}`); // checked before
  return 'scales' in task ? packed(values, task) : scales(values, task);
}

function scales(values: Float32Array, { columns, quantization }: ScalesTask): FoundScales {
  if (!isFiniteData('float32', values)) return 'not finite';
  const found = blockScales(values, columns, quantization);
  move(found.buffer);
  return found;
}

function packed(values: Float32Array, { columns, quantization, scales }: PackTask): PackedRows {
  const rows = values.length / columns;
  const bytes = packBlocks(values, columns, scales, quantization);
  const sample = Math.min(rows, comparedRows);
  const back = unpackBlocks(
    bytes.subarray(0, (sample * bytes.length) / rows),
    scales.subarray(0, (sample * scales.length) / rows),
    columns,
    quantization,
  );
  const squaredError = relativeError(back, values.subarray(0, sample * columns)) ** 2;
  move(bytes.buffer);
  return { bytes, squaredError };
}
