/** `wasm/quantize.c`: rows in few bits, four numbers at a time. */
import { readFileSync } from 'node:fs';
import type { DType, TensorData } from '../dtype.ts';
import type { Quantization, QuantizedBlocks } from './blocks.ts';

/** What the kernel reads, by its own number for it. */
const kinds: { readonly [Name in DType]?: number } = { float32: 0, float16: 1, bfloat16: 2 };

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Where memory is free. */
  readonly __heap_base: { readonly value: number };
  quantize(
    from: number,
    kind: number,
    rows: number,
    columns: number,
    blockSize: number,
    bits: number,
    row: number,
    scales: number,
    packed: number,
  ): void;
}

/** The part of `WebAssembly` used here, spelt out so that no platform's type library is needed. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

let loaded: Exports | undefined;

/** One for each thread; its memory stays as large as the largest matrix needed. */
function kernel(): Exports {
  if (!loaded) {
    const bytes = readFileSync(new URL('../../wasm/quantize.wasm', import.meta.url));
    loaded = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
  }
  return loaded;
}

const pageBytes = 65_536;
/** What it loads and stores at a time, at most. */
const alignment = 32;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Matrices [rows, columns] of these dtypes; undefined for one that the kernel does not read. */
export function runKernel(
  dtype: DType,
  values: TensorData,
  columns: number,
  { bits, blockSize }: Quantization,
  into?: QuantizedBlocks,
): QuantizedBlocks | undefined {
  const kind = kinds[dtype];
  if (kind === undefined) return undefined;
  const { memory, __heap_base: heap, quantize } = kernel();
  const rows = values.length / columns;
  const blocks = rows * Math.ceil(columns / blockSize);
  const packedBytes = (blocks * blockSize * bits) / 8;
  const from = aligned(heap.value);
  const row = aligned(from + values.byteLength + alignment);
  const scales = aligned(row + 4 * (columns + blockSize));
  const packed = aligned(scales + 4 * blocks);
  const missing = packed + packedBytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  const { buffer, byteOffset, byteLength } = values;
  new Uint8Array(memory.buffer, from).set(new Uint8Array(buffer, byteOffset, byteLength));
  quantize(from, kind, rows, columns, blockSize, bits, row, scales, packed);
  const made = into ?? { scales: new Float32Array(blocks), packed: new Uint8Array(packedBytes) };
  made.scales.set(new Float32Array(memory.buffer, scales, blocks));
  made.packed.set(new Uint8Array(memory.buffer, packed, packedBytes));
  return made;
}
