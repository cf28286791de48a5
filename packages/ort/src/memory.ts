/** Small pieces of native memory: C strings, out parameters, addresses. */
import koffi from 'koffi';
import { type Api, api } from './api.ts';
import { check } from './status.ts';

/** One 8-byte out parameter. Calls are synchronous, so a single cell serves them all. */
const cell = new BigUint64Array(1);
const cell32 = new Int32Array(cell.buffer);

/** Calls `fill` with the address of a pointer-sized cell and returns what it left there. */
export function outPointer(doing: string, fill: (cell: BigUint64Array) => bigint | null): bigint {
  cell[0] = 0n;
  check(api(), fill(cell), doing);
  return cell[0];
}

/** As `outPointer`, for a C `int` or enum. */
export function outInt(doing: string, fill: (cell: BigUint64Array) => bigint | null): number {
  cell[0] = 0n;
  check(api(), fill(cell), doing);
  return cell32[0] ?? 0;
}

/** The address of a typed array's first byte. The array must be referenced for as long as the address is used. */
export function addressOf(array: ArrayBufferView): bigint {
  // Touching .buffer moves a small array out of V8's moving heap for good.
  if (array.buffer.byteLength === 0) return addressOf(nothing);
  return koffi.address(array);
}
/** Zero-sized tensors point here: some kernels refuse a null address even when there is nothing to read. */
const nothing = new Uint8Array(8);

export interface CStrings {
  /** Address of the `char**`. */
  readonly address: bigint;
  /** What must stay referenced while the address is used. */
  readonly memory: readonly ArrayBufferView[];
}

/** An array of C strings, `char**`. */
export function cStrings(strings: readonly string[]): CStrings {
  const bytes = new TextEncoder().encode(`${strings.join('\0')}\0`);
  const base = addressOf(bytes);
  const pointers = new BigUint64Array(Math.max(1, strings.length));
  let offset = 0;
  for (const [index, string] of strings.entries()) {
    pointers[index] = base + BigInt(offset);
    offset += Buffer.byteLength(string) + 1;
  }
  return { address: addressOf(pointers), memory: [bytes, pointers] };
}

/** A view over native memory, without a copy. */
export function viewOf(address: bigint, sizeBytes: number): ArrayBuffer {
  return sizeBytes === 0 ? new ArrayBuffer(0) : koffi.view(address, sizeBytes);
}

/** Reads a `char*` and gives it back to the allocator it came from. */
export function takeString(ort: Api, allocator: bigint, address: bigint): string {
  const text = koffi.decode.string(address);
  check(ort, ort.AllocatorFree(allocator, address), 'free a string');
  return text;
}

export function readString(address: bigint): string {
  return koffi.decode.string(address);
}

export function readPointer(base: bigint, index: number): bigint {
  return BigInt(koffi.decode.uint64(base + BigInt(8 * index)));
}

let cpuMemory: bigint | undefined;
/** The OrtMemoryInfo of ordinary memory: OrtDeviceAllocator (0), OrtMemTypeDefault (0). Lives as long as the process. */
export function cpuMemoryInfo(ort: Api): bigint {
  cpuMemory ??= outPointer('describe CPU memory', (out) => ort.CreateCpuMemoryInfo(0, 0, out));
  return cpuMemory;
}
