/** What a pickle of tensors is made of. */
import type { DType } from '../dtype.ts';

/** `torch.bfloat16` as a value. */
export class TorchDType {
  readonly dtype: DType;

  constructor(dtype: DType) {
    this.dtype = dtype;
  }
}

/** `torch.FloatStorage`: the class of storages of one dtype. */
export class StorageType {
  readonly dtype: DType;

  constructor(dtype: DType) {
    this.dtype = dtype;
  }
}

/** Elements in a row, somewhere in the file. */
export class Storage {
  readonly dtype: DType;
  readonly key: string;
  readonly count: number;

  constructor(dtype: DType, key: string, count: number) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
  }
}

/** A view of a storage; offset and strides count elements. */
export class TorchTensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: Storage, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

/** A function that pickles may call: it is looked up by name, and this is all there is to call. */
export class Callable {
  readonly name: string;
  readonly call: (args: readonly TorchValue[]) => TorchValue;

  constructor(name: string, call: (args: readonly TorchValue[]) => TorchValue) {
    this.name = name;
    this.call = call;
  }
}

/** Lists and tuples are arrays, dictionaries maps; integers beyond 2^53 bigints. */
export type TorchValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | TorchValue[]
  | Map<TorchValue, TorchValue>
  | TorchTensor
  | TorchDType
  | StorageType
  | Storage
  | Callable;
