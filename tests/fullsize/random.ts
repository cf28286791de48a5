/** Random numbers as weights: fast, because all are cut from one pool of them. */
import { crc32 } from 'node:zlib';
import { type DType, dtypes, float32ToBfloat16, type TensorData } from '@x-llm/checkpoint';
import { normalNumbers } from '@x-llm/engine/testing';

export interface PublishedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Extract<DType, 'float16' | 'bfloat16' | 'float32' | 'int64'>;
}

export const countOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** A prime: rows of a matrix, which repeat the pool, are not equal to each other. */
const poolSize = 1_048_573;
let pool: Float64Array | undefined;

/**
 * Numbers of deviation 1/√(inputs), so that what goes through the layers neither grows nor dies; scales of norms around 1;
 * of int64, which are positions, 0, 1, 2 …
 */
export function randomWeight({ name, shape, dtype }: PublishedTensor): TensorData {
  const count = countOf(shape);
  if (dtype === 'int64') return BigInt64Array.from({ length: count }, (_, at) => BigInt(at));
  pool ??= normalNumbers(poolSize, 1);
  const isVector = shape.length < 2;
  const isScale = isVector && /norm|ln_vision/i.test(name) && /\.(weight|gamma)$/.test(name);
  const inputs = isVector ? count : count / (shape[0] ?? 1);
  const [mean, deviation] = isScale ? [1, 0.1] : [0, inputs ** -0.5];
  const from = crc32(name) % poolSize;
  const own = Float32Array.from(
    { length: Math.min(count, poolSize) },
    (_, at) => mean + deviation * (pool?.[(from + at) % poolSize] ?? 0),
  );
  return repeated(narrowed[dtype](own), dtype, count);
}

const narrowed = {
  float16: (values: Float32Array) => new Float16Array(values),
  bfloat16: float32ToBfloat16,
  float32: (values: Float32Array) => values,
} as const;

/** `values` again and again, until there are so many. */
function repeated(values: TensorData, dtype: DType, count: number): TensorData {
  if (values.length === count) return values;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const out = new Uint8Array(count * dtypes[dtype].sizeBytes);
  for (let at = 0; at < out.length; at += bytes.length) out.set(bytes.subarray(0, out.length - at), at);
  return dtypes[dtype].wrap(out.buffer);
}
