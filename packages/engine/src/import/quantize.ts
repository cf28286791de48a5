/** A checkpoint's matrices in few bits: slabs of rows, on all cores. */
import { availableParallelism } from 'node:os';
import {
  type DType,
  type Quantization,
  type QuantizedBlocks,
  quantizedShapes,
  type TensorSource,
} from '@x-llm/checkpoint';
import { Piscina } from 'piscina';
import { notFinite, type Origin, type ReadRows } from './tensors.ts';

/** Numbers that a thread has at a time. */
const slabSize = 1 << 22;

/** A matrix that is to be quantised. */
export interface Matrix {
  readonly name: string;
  readonly from: Origin;
  readonly dtype: DType;
  readonly rows: number;
  readonly columns: number;
  /** Called when its turn comes; what it gives reads the rows, in their order. */
  readonly open: () => ReadRows | Promise<ReadRows>;
}

export interface QuantizationError {
  readonly name: string;
  readonly bits: Quantization['bits'];
  /** √(Σ(quantised − weight)² / Σ weight²). */
  readonly relative: number;
}

/** Rows of a matrix, as the file has them. */
export interface RowsTask {
  readonly dtype: DType;
  readonly bytes: ArrayBuffer;
  readonly columns: number;
  readonly quantization: Quantization;
  /** Their place in the matrix, whose memory threads share. */
  readonly into: QuantizedBlocks;
}

export interface QuantizedRows {
  /** Of a sample of the rows, relative to them. */
  readonly squaredError: number;
  /** The task's, to read into again. */
  readonly bytes: ArrayBuffer;
}

/** What may be computed before it is needed; kept until it is forgotten. */
class Ahead<Value> {
  readonly #compute: () => Promise<Value>;
  #value: Promise<Value> | undefined;

  constructor(compute: () => Promise<Value>) {
    this.#compute = compute;
  }

  get(): Promise<Value> {
    this.#value ??= this.#compute();
    return this.#value;
  }

  forget(): void {
    this.#value = undefined;
  }
}

/** Quantises matrices, in threads that start with the first. Declare it with `await using`. */
export class Quantizer implements AsyncDisposable {
  readonly #errors: QuantizationError[] = [];
  readonly #threads = availableParallelism();
  readonly #matrices: Ahead<QuantizedBlocks>[] = [];
  /** Memory of rows that are quantised. */
  readonly #spare: ArrayBuffer[] = [];
  #started: Piscina | undefined;

  /** How far what was quantised is from what it was. */
  get errors(): readonly QuantizationError[] {
    return this.#errors;
  }

  /**
   * The two tensors that stand for a matrix, to be written one after the other, matrices in the order of the calls: while one
   * is written the next is quantised.
   */
  sources(of: Matrix, quantization: Quantization): TensorSource[] {
    const { name, rows, columns } = of;
    const shapes = quantizedShapes(rows, columns, quantization);
    const matrix = new Ahead(() => this.#quantized(of, quantization));
    const next = this.#matrices.push(matrix);
    return [
      {
        name: `${name}.scales`,
        dtype: 'float32',
        shape: shapes.scales,
        data: async () => (await matrix.get()).scales,
      },
      {
        name: `${name}.q${quantization.bits}`,
        dtype: 'uint8',
        shape: shapes.packed,
        data: async () => {
          const { packed } = await matrix.get();
          matrix.forget();
          this.#matrices[next]?.get().catch(() => {}); // what fails ahead of its turn is told in it
          return packed;
        },
      },
    ];
  }

  async #quantized(matrix: Matrix, quantization: Quantization): Promise<QuantizedBlocks> {
    const { name, rows, columns } = matrix;
    const shapes = quantizedShapes(rows, columns, quantization);
    const [rowBytes, rowScales] = [shapes.packed[1] * shapes.packed[2], shapes.scales[1]];
    const blocks = {
      scales: new Float32Array(new SharedArrayBuffer(4 * rows * rowScales)),
      packed: new Uint8Array(new SharedArrayBuffer(rows * rowBytes)),
    };
    const squares: number[] = [];
    await this.#eachSlab(matrix, async ({ from, to, dtype, bytes }) => {
      const into = {
        scales: blocks.scales.subarray(from * rowScales, to * rowScales),
        packed: blocks.packed.subarray(from * rowBytes, to * rowBytes),
      };
      const part = await this.#run({ dtype, bytes, columns, quantization, into });
      if (part === 'not finite') throw notFinite(matrix.from);
      squares.push(part.squaredError);
      this.#spare.push(part.bytes);
    });
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    this.#errors.push({ name, bits: quantization.bits, relative: Math.sqrt(mean) });
    return blocks;
  }

  #run(task: RowsTask): Promise<QuantizedRows | 'not finite'> {
    this.#started ??= new Piscina({
      filename: new URL('./quantize-worker.ts', import.meta.url).href,
      minThreads: this.#threads, // one that is stopped when idle has to be compiled again
      maxThreads: this.#threads,
    });
    return this.#started.run(task, { transferList: [task.bytes] });
  }

  /** Reads slabs one after the other, no more of them at a time than keep all threads busy. */
  async #eachSlab(
    { dtype, rows, columns, open }: Matrix,
    use: (slab: { from: number; to: number; dtype: DType; bytes: ArrayBuffer }) => Promise<void>,
  ): Promise<void> {
    const read = await open();
    const height = Math.max(1, Math.floor(slabSize / columns));
    const running = new Set<Promise<void>>();
    try {
      for (let from = 0; from < rows; from += height) {
        const to = Math.min(rows, from + height);
        const values = read(from, to, this.#spare.pop());
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
