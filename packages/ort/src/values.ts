/** What a session takes and gives: names, element types, shapes. */
import { type Api, api } from './api.ts';
import { type DType, dtypeOf } from './dtype.ts';
import { outInt, outPointer, readString, takeString } from './memory.ts';
import { check, invalid, OrtError } from './status.ts';
import type { Tensor } from './tensor.ts';

export interface ValueInfo {
  readonly name: string;
  readonly dtype: DType;
  /** A number is a fixed size; a string names a size that the feeds decide ('?' where the model names none). */
  readonly shape: readonly (number | string)[];
}

/** Stands for a size that the model leaves open without naming it. */
export const unnamed = '?';

/** The inputs or outputs of a session. Throws for the kinds a Tensor cannot hold (strings, sequences, maps). */
export function describeValues(session: bigint, side: 'Input' | 'Output'): ValueInfo[] {
  const ort = api();
  const doing = `list the model's ${side.toLowerCase()}s`;
  const allocator = outPointer(doing, (out) => ort.GetAllocatorWithDefaultOptions(out));
  const count = outInt(doing, (out) => ort[`SessionGet${side}Count`](session, out));
  return Array.from({ length: count }, (_, index) => {
    const name = takeString(
      ort,
      allocator,
      outPointer(doing, (out) => ort[`SessionGet${side}Name`](session, index, allocator, out)),
    );
    const type = outPointer(doing, (out) => ort[`SessionGet${side}TypeInfo`](session, index, out));
    try {
      return { name, ...describeType(ort, type, `${side.toLowerCase()} ${JSON.stringify(name)}`) };
    } finally {
      ort.ReleaseTypeInfo(type);
    }
  });
}

function describeType(ort: Api, type: bigint, what: string): Pick<ValueInfo, 'dtype' | 'shape'> {
  const info = outPointer(what, (out) => ort.CastTypeInfoToTensorInfo(type, out));
  if (info === 0n)
    throw new OrtError('not_implemented', `${what} is a sequence, map or optional, not a tensor`);
  const code = outInt(what, (out) => ort.GetTensorElementType(info, out));
  const dtype = dtypeOf(code);
  if (dtype === undefined) {
    throw new OrtError('not_implemented', `${what} has element type ${code}, which no typed array holds`);
  }
  const rank = outInt(what, (out) => ort.GetDimensionsCount(info, out));
  const sizes = new BigInt64Array(Math.max(1, rank));
  const names = new BigUint64Array(Math.max(1, rank));
  check(ort, ort.GetDimensions(info, sizes, rank), what);
  check(ort, ort.GetSymbolicDimensions(info, names, rank), what);
  const shape = Array.from(sizes.subarray(0, rank), (size, axis) =>
    size >= 0n ? Number(size) : readString(names[axis] ?? 0n) || unnamed,
  );
  return { dtype, shape: Object.freeze(shape) };
}

/** Throws when a tensor is not what the model declares; sizes with names are left to the feeds. */
export function checkTensor(info: ValueInfo, tensor: Tensor, what: string): void {
  const { dtype, shape } = tensor;
  const fits =
    dtype === info.dtype &&
    shape.length === info.shape.length &&
    info.shape.every((size, axis) => typeof size === 'string' || size === shape[axis]);
  if (fits) return;
  const expected = `${info.dtype} [${info.shape.join(', ')}]`;
  throw invalid(
    `${what} ${JSON.stringify(info.name)}: expected ${expected}, got ${dtype} [${shape.join(', ')}]`,
  );
}
