import type { Descriptor } from './descriptor.ts';
import { type DType, dtypes, type TensorData, toFloat32 } from './dtype.ts';
import { CheckpointError } from './error.ts';
import { gather, spanOf } from './strides.ts';

/** Where one tensor lies. `offset` counts from the start of the file, so that the file can be mapped as it is. */
export interface TensorInfo {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly offset: number;
  /** Of the elements in a row, as `read` gives them. */
  readonly sizeBytes: number;
  /** Elements from one to the next, per axis, of a view; left out where all lie in a row from `offset`. */
  readonly strides?: readonly number[];
}

export interface OpenOptions {
  /** Keep what was read, so that a second `read` of a name gives the same array. Default: read anew each time. */
  readonly cache?: boolean;
}

/** A view may show each element many times; more than this is not unfolded. */
const maxUnfoldedBytes = 2 ** 31;

/**
 * An open file of tensors. Only what describes them is in memory; `read` fetches one tensor's bytes with a positioned
 * read (Node cannot map files). To have the bytes mapped, hand `path`, `offset` and `sizeBytes` to ONNX Runtime as
 * external data, unless there are `strides`. Close it, or declare it with `using`.
 */
export class TensorFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly #file: Descriptor;
  readonly #cache: Map<string, TensorData> | undefined;

  constructor(file: Descriptor, tensors: ReadonlyMap<string, TensorInfo>, options: OpenOptions) {
    this.path = file.path;
    this.tensors = tensors;
    this.#file = file;
    this.#cache = options.cache ? new Map() : undefined;
  }

  /** Where tensor `name` lies; throws `unknown_tensor` with the nearest thing it has. */
  info(name: string): TensorInfo {
    const info = this.tensors.get(name);
    if (info) return info;
    const last = name.slice(name.lastIndexOf('.') + 1);
    const alike = [...this.tensors.keys()].filter((other) => other.endsWith(last)).slice(0, 3);
    const hint = alike.length > 0 ? `; there is ${alike.join(', ')}` : '';
    throw new CheckpointError('unknown_tensor', this.path, `no tensor ${JSON.stringify(name)}${hint}`);
  }

  /**
   * The elements of a tensor, in an array of its dtype (float16 → Float16Array, int64 → BigInt64Array; bfloat16 → its
   * bits in a Uint16Array). Reads the disk synchronously: meant for loading, not for serving.
   */
  read(name: string): TensorData {
    const cached = this.#cache?.get(name);
    if (cached) return cached;
    const data = this.#read(name, this.info(name));
    this.#cache?.set(name, data);
    return data;
  }

  /**
   * Rows `from` up to `to` along the first axis, for tensors that are better not held whole: `readRows('w', 0, 2)`.
   * @param into memory that nobody reads any more, used where it has the size of the rows and they lie together.
   * @throws RangeError where the tensor has no such rows.
   */
  readRows(name: string, from: number, to: number, into?: ArrayBuffer): TensorData {
    const info = this.info(name);
    const { dtype, shape, strides, offset } = info;
    const [rows, ...rest] = shape;
    if (rows === undefined || !(from >= 0 && from <= to && to <= rows))
      throw new RangeError(`rows ${from} to ${to} of ${name} [${shape.join()}]`);
    const width = rest.reduce((product, size) => product * size, 1);
    const { sizeBytes } = dtypes[dtype];
    const part = {
      ...info,
      shape: [to - from, ...rest],
      offset: offset + from * (strides?.[0] ?? width) * sizeBytes,
      sizeBytes: (to - from) * width * sizeBytes,
    };
    return this.#read(name, part, into);
  }

  /** A float16, bfloat16, float32 or float64 tensor as float32; throws `wrong_dtype` for others. */
  readFloat32(name: string): Float32Array {
    const { dtype } = this.info(name);
    const data = toFloat32(dtype, this.read(name));
    if (data) return data;
    throw new CheckpointError(
      'wrong_dtype',
      this.path,
      `tensor ${JSON.stringify(name)} is ${dtype}, not a floating-point dtype`,
    );
  }

  /** Releases the descriptor; arrays already read stay valid. */
  close(): void {
    this.#file.close();
    this.#cache?.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #read(
    name: string,
    { dtype, shape, offset, sizeBytes, strides }: TensorInfo,
    into?: ArrayBuffer,
  ): TensorData {
    const { wrap, sizeBytes: elementBytes } = dtypes[dtype];
    if (!strides || sizeBytes === 0) return wrap(this.#file.read(offset, sizeBytes, into));
    const span = spanOf(shape, strides) * elementBytes;
    if (sizeBytes > Math.max(span, maxUnfoldedBytes)) {
      throw new CheckpointError(
        'invalid_tensor',
        this.path,
        `tensor ${JSON.stringify(name)} shows ${span} bytes as [${shape.join()}], ${sizeBytes} bytes`,
      );
    }
    return wrap(gather(this.#file.read(offset, span), { shape, strides, elementBytes }));
  }
}
