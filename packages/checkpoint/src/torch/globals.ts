/** Everything that a pickle may name. Nothing of it reaches beyond the values of the file. */
import type { DType } from '../dtype.ts';
import { Callable, Storage, StorageType, TorchDType, TorchTensor, type TorchValue } from './values.ts';

/** PyTorch's names. */
const storages: Readonly<Record<string, DType>> = {
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  DoubleStorage: 'float64',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};
const sameNames = [
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'int64',
  'int32',
  'int16',
  'int8',
  'uint8',
  'bool',
] as const;

/** What is wrong with the arguments of a call, without where it is. */
export class PickleValueError extends Error {}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function sizes(value: TorchValue | undefined, what: string): number[] {
  if (Array.isArray(value) && value.every(isIndex)) return value as number[];
  throw new PickleValueError(`${what} are not a tuple of integers from 0`);
}

/** (storage, offset, size, stride, requires_grad, backward_hooks): the view must lie within its storage. */
function rebuildTensor([storage, offset, size, stride]: readonly TorchValue[]): TorchTensor {
  if (!(storage instanceof Storage)) throw new PickleValueError('a tensor has no storage');
  if (!isIndex(offset)) throw new PickleValueError('the offset of a tensor is not an integer from 0');
  const [shape, strides] = [sizes(size, 'sizes'), sizes(stride, 'strides')];
  if (shape.length !== strides.length || shape.length > 64)
    throw new PickleValueError(`${shape.length} sizes and ${strides.length} strides`);
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), offset);
  if (shape.includes(0) ? offset > storage.count : last >= storage.count) {
    throw new PickleValueError(
      `a tensor [${shape.join()}] with strides [${strides.join()}] from ${offset} leaves its storage of ${storage.count}`,
    );
  }
  return new TorchTensor(storage, offset, shape, strides);
}

function rebuildParameter([data]: readonly TorchValue[]): TorchTensor {
  if (data instanceof TorchTensor) return data;
  throw new PickleValueError('a parameter has no tensor');
}

function orderedDict([items, ...more]: readonly TorchValue[]): Map<TorchValue, TorchValue> {
  const pairs = items ?? [];
  if (more.length > 0 || !Array.isArray(pairs))
    throw new PickleValueError('OrderedDict takes a list of pairs');
  return new Map(
    pairs.map((pair) => {
      if (Array.isArray(pair) && pair.length === 2) return [pair[0] ?? null, pair[1] ?? null];
      throw new PickleValueError('OrderedDict takes a list of pairs');
    }),
  );
}

/** How protocol 2 writes bytes: as text of the same numbers. */
function encode([text, encoding]: readonly TorchValue[]): Uint8Array {
  if (typeof text !== 'string' || encoding !== 'latin1')
    throw new PickleValueError('_codecs.encode takes text and "latin1"');
  return Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code > 255) throw new PickleValueError('_codecs.encode: a letter beyond latin1');
    return code;
  });
}

const calls: Readonly<Record<string, (args: readonly TorchValue[]) => TorchValue>> = {
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_parameter': rebuildParameter,
  'collections.OrderedDict': orderedDict,
  'torch.Size': ([size]) => sizes(size, 'sizes'),
  '_codecs.encode': encode,
};

/** By full name, `torch.FloatStorage`; anything else is refused. */
export const globals: ReadonlyMap<string, StorageType | TorchDType | Callable> = new Map<
  string,
  StorageType | TorchDType | Callable
>([
  ...Object.entries(storages).map(([name, dtype]) => [`torch.${name}`, new StorageType(dtype)] as const),
  ...sameNames.map((name) => [`torch.${name}`, new TorchDType(name)] as const),
  ...Object.entries(calls).map(([name, call]) => [name, new Callable(name, call)] as const),
]);
