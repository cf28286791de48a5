/** A tensor: a typed array with an element type and a shape, known to ONNX Runtime as an OrtValue. */
import { api } from './api.ts';
import { arrayTypeOf, codeOf, type DType, dtypeOf, isDType, type TypedArrayOf } from './dtype.ts';
import { addressOf, cpuMemoryInfo, outInt, outPointer, viewOf } from './memory.ts';
import { check, disposed, invalid, OrtError } from './status.ts';

/** Names the OrtValues whose tensor was lost without being disposed. A safety net: memory waits for the collector. */
const lost = new FinalizationRegistry<bigint>((value) => api().ReleaseValue(value));

/** A view of ONNX Runtime's memory keeps its tensor, hence that memory, from being collected. */
const ownerOfView = new WeakMap<ArrayBufferLike, object>();

let lastId = 0;

// What sessions need and callers must not touch; filled in by the class, which alone can reach its private fields.
let wrapValue: (value: bigint, dtype: DType | undefined) => Tensor;
let useTensor: (tensor: Tensor) => bigint;
let releaseTensor: (tensor: Tensor) => void;
let idOf: (tensor: Tensor) => number;

/**
 * Made from a typed array (`Tensor.from`, which does not copy) or returned by a run (then `data` is a view of ONNX
 * Runtime's own memory). `dtype` and `shape` never change; the contents of `data` may, whenever no run uses them.
 *
 *     using x = Tensor.from('float32', new Float32Array([1, 2, 3, 4]), [2, 2]);
 */
export class Tensor<D extends DType = DType> {
  readonly #id = ++lastId;
  #value = 0n;
  #dtype: D | undefined;
  #shape: readonly number[] | undefined;
  #data: TypedArrayOf<D> | undefined;
  readonly #owned: boolean;
  #disposed = false;
  #runs = 0;

  static {
    wrapValue = (value, dtype) => {
      const tensor = new Tensor(undefined, undefined, dtype, value);
      lost.register(tensor, value, tensor);
      return tensor;
    };
    useTensor = (tensor) => {
      const value = tensor.#handle();
      tensor.#runs++;
      return value;
    };
    releaseTensor = (tensor) => {
      tensor.#runs--;
      if (tensor.#disposed && tensor.#runs === 0) tensor.#release();
    };
    idOf = (tensor) => tensor.#id;
  }

  /** Callers use `Tensor.from` or `Tensor.zeros`. */
  private constructor(
    data: TypedArrayOf<D> | undefined,
    shape: readonly number[] | undefined,
    dtype: D | undefined,
    value: bigint,
  ) {
    this.#data = data;
    this.#shape = shape;
    this.#dtype = dtype;
    this.#value = value;
    this.#owned = value !== 0n;
  }

  /**
   * A tensor over `data`, without a copy: writing to `data` later changes the tensor.
   * Throws when the array is of another type or its length is not the product of `shape` (`[]` is a scalar).
   */
  static from<D extends DType>(dtype: D, data: TypedArrayOf<D>, shape: readonly number[]): Tensor<D> {
    if (!isDType(dtype)) throw invalid(`Tensor: no element type ${JSON.stringify(dtype)}`);
    const expected = arrayTypeOf(dtype);
    if (!(data instanceof expected)) {
      const given = ArrayBuffer.isView(data) ? data.constructor.name : typeof data;
      throw invalid(`Tensor: ${dtype} needs a ${expected.name}, got ${given}`);
    }
    if (shape.some((size) => !Number.isSafeInteger(size) || size < 0)) {
      throw invalid(`Tensor: sizes must be integers of 0 or more, got [${shape.join(', ')}]`);
    }
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== data.length) {
      throw invalid(`Tensor: shape [${shape.join(', ')}] holds ${count} elements, got ${data.length}`);
    }
    if (data.buffer instanceof ArrayBuffer && data.buffer.resizable) {
      throw invalid('Tensor: the array lies in a resizable buffer, whose memory may move; use a fixed one');
    }
    return new Tensor(data, Object.freeze([...shape]), dtype, 0n);
  }

  /** A tensor of zeros in memory of its own. */
  static zeros<D extends DType>(dtype: D, shape: readonly number[]): Tensor<D> {
    const count = shape.reduce((product, size) => product * size, 1);
    if (!isDType(dtype)) throw invalid(`Tensor: no element type ${JSON.stringify(dtype)}`);
    return Tensor.from(dtype, new (arrayTypeOf(dtype))(count) as TypedArrayOf<D>, shape);
  }

  get dtype(): D {
    if (this.#dtype === undefined) this.#describe();
    return this.#dtype as D;
  }

  get shape(): readonly number[] {
    if (this.#shape === undefined) this.#describe();
    return this.#shape as readonly number[];
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }

  /**
   * The elements, row-major, without a copy. For a run's output the memory is ONNX Runtime's: once the tensor is
   * disposed the array is detached (its length becomes 0), so `slice()` what must outlive it.
   */
  get data(): TypedArrayOf<D> {
    if (this.#disposed) throw disposed('Tensor');
    if (this.#data === undefined) {
      const arrayType = arrayTypeOf(this.dtype);
      const address = outPointer('locate a tensor', (out) => api().GetTensorMutableData(this.#value, out));
      const buffer = viewOf(address, this.size * arrayType.BYTES_PER_ELEMENT);
      ownerOfView.set(buffer, this);
      this.#data = new arrayType(buffer, 0, this.size) as TypedArrayOf<D>;
    }
    return this.#data;
  }

  /** This tensor, known to be of that element type; throws when it is of another. */
  as<E extends DType>(dtype: E): Tensor<E> {
    const given: DType = this.dtype;
    if (given !== dtype) throw invalid(`Tensor: expected ${dtype}, got ${given} [${this.shape.join(', ')}]`);
    return this as unknown as Tensor<E>;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Gives the memory back; while a run uses the tensor, at that run's end. */
  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#runs === 0) this.#release();
  }

  #handle(): bigint {
    if (this.#disposed) throw disposed('Tensor');
    const data = this.#data;
    if (this.#value === 0n && data !== undefined) {
      const ort = api();
      const shape = BigInt64Array.from(this.shape, BigInt);
      this.#value = outPointer('make a tensor', (out) =>
        ort.CreateTensorWithDataAsOrtValue(
          cpuMemoryInfo(ort),
          addressOf(data),
          data.byteLength,
          shape,
          shape.length,
          codeOf(this.dtype),
          out,
        ),
      );
      lost.register(this, this.#value, this);
    }
    if (data !== undefined && data.length === 0 && this.size > 0) {
      throw invalid('Tensor: its array was transferred to another thread, so the memory is gone');
    }
    return this.#value;
  }

  #describe(): void {
    if (this.#disposed) throw disposed('Tensor');
    const ort = api();
    const info = outPointer('describe a tensor', (out) => ort.GetTensorTypeAndShape(this.#value, out));
    try {
      const code = outInt('describe a tensor', (out) => ort.GetTensorElementType(info, out));
      const dtype = dtypeOf(code);
      if (dtype === undefined) {
        throw new OrtError('not_implemented', `a tensor of element type ${code} has no typed array`);
      }
      const rank = outInt('describe a tensor', (out) => ort.GetDimensionsCount(info, out));
      const sizes = new BigInt64Array(Math.max(1, rank));
      check(ort, ort.GetDimensions(info, sizes, rank), 'describe a tensor');
      this.#dtype = dtype as D;
      this.#shape = Object.freeze(Array.from(sizes.subarray(0, rank), Number));
    } finally {
      ort.ReleaseTensorTypeAndShapeInfo(info);
    }
  }

  #release(): void {
    if (this.#value !== 0n) {
      lost.unregister(this);
      api().ReleaseValue(this.#value);
      this.#value = 0n;
    }
    // Detaching the views turns a read after disposal into `undefined` instead of a read of freed memory.
    const buffer = this.#data?.buffer;
    if (this.#owned && buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer();
    this.#data = undefined;
  }
}

export { idOf, releaseTensor, useTensor, wrapValue };
