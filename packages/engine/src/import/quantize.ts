/** A checkpoint's matrices in few bits: slabs of rows, on all cores. */
import { availableParallelism } from 'node:os';
import {
  type DType,
  type Quantization,
  quantizedShapes,
  type TensorSource,
  type Weights,
} from '@x-llm/checkpoint';
import { Piscina } from 'piscina';
import { notFinite } from './tensors.ts';

/** Numbers that a thread has at a time. */
const slabSize = 1 << 22;

export interface QuantizationError {
  readonly name: string;
  readonly bits: Quantization['bits'];
  /** √(Σ(quantised − weight)² / Σ weight²). */
  readonly relative: number;
}

/** Rows of a matrix, as the file has them. */
export interface ScalesTask {
  readonly dtype: DType;
  readonly bytes: ArrayBuffer;
  readonly columns: number;
  readonly quantization: Quantization;
}

export interface PackTask extends ScalesTask {
  readonly scales: Float32Array;
}

export type FoundScales = Float32Array<ArrayBuffer> | 'not finite';

export interface PackedRows {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a sample of the rows, relative to them. */
  readonly squaredError: number;
}

export interface QuantizerListeners {
  /** Before bytes are read: how many. */
  readonly onRead: (sizeBytes: number) => void;
  /** After a matrix is packed. */
  readonly onError: (error: QuantizationError) => void;
}

/** Quantises matrices of one checkpoint, in threads that start with the first. Declare it with `await using`. */
export class Quantizer implements AsyncDisposable {
  readonly #weights: Weights;
  readonly #told: QuantizerListeners;
  readonly #threads = availableParallelism();
  #started: Piscina | undefined;

  constructor(weights: Weights, told: QuantizerListeners) {
    this.#weights = weights;
    this.#told = told;
  }

  /**
   * The two tensors that stand for the matrix `name`. Scales are written first, being of larger elements; they stay in
   * memory until the numbers are packed with them.
   */
  sources(name: string, quantization: Quantization): TensorSource[] {
    const { shape, sizeBytes } = this.#weights.fileOf(name).info(name);
    const [rows = 1, columns = 1] = shape;
    const shapes = quantizedShapes(rows, columns, quantization);
    let scales: Promise<Float32Array<ArrayBuffer>> | undefined;
    const found = () => {
      scales ??= this.#scales(name, [rows, columns], quantization);
      return scales;
    };
    return [
      {
        name: `${name}.scales`,
        dtype: 'float32',
        shape: shapes.scales,
        data: () => {
          this.#told.onRead(sizeBytes / 2);
          return found();
        },
      },
      {
        name: `${name}.q${quantization.bits}`,
        dtype: 'uint8',
        shape: shapes.packed,
        data: async () => {
          this.#told.onRead(sizeBytes / 2);
          const own = await found();
          scales = undefined;
          return this.#packed(name, [rows, columns], quantization, own);
        },
      },
    ];
  }

  async #scales(
    name: string,
    [rows, columns]: readonly [number, number],
    quantization: Quantization,
  ): Promise<Float32Array<ArrayBuffer>> {
    const blocks = quantizedShapes(rows, columns, quantization).scales[1];
    const all = new Float32Array(rows * blocks);
    await this.#eachSlab(name, rows, columns, async ({ from, dtype, bytes }) => {
      const task: ScalesTask = { dtype, bytes, columns, quantization };
      const found = await this.#run<FoundScales>(task);
      if (found === 'not finite') throw notFinite(this.#weights.fileOf(name).path, name);
      all.set(found, from * blocks);
    });
    return all;
  }

  async #packed(
    name: string,
    [rows, columns]: readonly [number, number],
    quantization: Quantization,
    scales: Float32Array,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { packed, scales: shape } = quantizedShapes(rows, columns, quantization);
    const rowBytes = packed[1] * packed[2];
    const all = new Uint8Array(rows * rowBytes);
    const squares: number[] = [];
    await this.#eachSlab(name, rows, columns, async ({ from, to, dtype, bytes }) => {
      const own = scales.slice(from * shape[1], to * shape[1]);
      const task: PackTask = { dtype, bytes, columns, quantization, scales: own };
      const part = await this.#run<PackedRows>(task);
      all.set(part.bytes, from * rowBytes);
      squares.push(part.squaredError);
    });
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    this.#told.onError({ name, bits: quantization.bits, relative: Math.sqrt(mean) });
    return all;
  }

  #run<Result>(task: ScalesTask | PackTask): Promise<Result> {
    this.#started ??= new Piscina({
      filename: new URL('./quantize-worker.ts', import.meta.url).href,
      maxThreads: this.#threads,
    });
    return this.#started.run(task, { transferList: [task.bytes] }) as Promise<Result>;
  }

  /** Reads slabs one after the other, no more of them at a time than keep all threads busy. */
  async #eachSlab(
    name: string,
    rows: number,
    columns: number,
    use: (slab: { from: number; to: number; dtype: DType; bytes: ArrayBuffer }) => Promise<void>,
  ): Promise<void> {
    const file = this.#weights.fileOf(name);
    const { dtype } = file.info(name);
    const height = Math.max(1, Math.floor(slabSize / columns));
    const running = new Set<Promise<void>>();
    try {
      for (let from = 0; from < rows; from += height) {
        const to = Math.min(rows, from + height);
        const values = file.readRows(name, from, to);
        const one = use({ from, to, dtype, bytes: values.buffer as ArrayBuffer }).finally(() =>
          running.delete(one),
        );
        running.add(one);
        if (running.size > this.#threads) await Promise.race(running);
      }
      await Promise.all(running);
    } finally {
      await Promise.allSettled(running); // none may fail unheard once another has
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started?.destroy();
  }
}
