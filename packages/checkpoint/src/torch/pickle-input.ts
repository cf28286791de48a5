import type { Descriptor } from '../descriptor.ts';
import { CheckpointError } from '../error.ts';

const blockBytes = 1 << 16;

/** Structure without the tensors' bytes; a real checkpoint's is a few megabytes. */
export const maxPickleBytes = 64 << 20;

/** Reads the bytes of pickles one after the other, from `offset` and not beyond `end`. */
export class PickleInput {
  readonly path: string;
  readonly #file: Descriptor;
  readonly #end: number;
  #block = new Uint8Array();
  /** Of the block in the file. */
  #start: number;
  #at = 0;

  constructor(file: Descriptor, offset: number, end: number) {
    this.path = file.path;
    this.#file = file;
    this.#start = offset;
    this.#end = Math.min(end, offset + maxPickleBytes);
  }

  /** In the file, of the next byte. */
  get offset(): number {
    return this.#start + this.#at;
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  /** @throws CheckpointError `invalid_pickle` where there are fewer left: nothing is allocated for a claim. */
  bytes(count: number): Uint8Array {
    if (this.#at + count > this.#block.length) this.#fill(count);
    const bytes = this.#block.subarray(this.#at, this.#at + count);
    this.#at += count;
    return bytes;
  }

  view(count: number): DataView {
    const bytes = this.bytes(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  }

  /** Up to a line feed, which is left out. */
  line(): string {
    const letters: number[] = [];
    for (let byte = this.byte(); byte !== 0x0a; byte = this.byte()) {
      if (letters.push(byte) > 256)
        throw new CheckpointError('invalid_pickle', this.path, 'a name without an end');
    }
    return String.fromCharCode(...letters);
  }

  #fill(count: number): void {
    const from = this.offset;
    if (!(from + count <= this.#end)) {
      const why = `the pickle asks for ${count} bytes at ${from}, where ${Math.max(0, this.#end - from)} are left`;
      throw new CheckpointError('invalid_pickle', this.path, why);
    }
    const size = Math.min(Math.max(count, blockBytes), this.#end - from);
    this.#block = new Uint8Array(this.#file.read(from, size));
    [this.#start, this.#at] = [from, 0];
  }
}
