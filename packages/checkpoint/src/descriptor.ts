/** Positioned, synchronous reads: meant for loading, not for serving. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { CheckpointError, fromFileError } from './error.ts';

/** Linux reads at most about 2 GiB per call. */
const maxReadBytes = 1 << 30;

/** An open file. Close it, or declare it with `using`. */
export class Descriptor {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  #number: number | undefined;

  /** @throws CheckpointError when there is no such file, or it cannot be read. */
  constructor(path: string) {
    this.path = resolve(path);
    try {
      this.#number = openSync(this.path, 'r');
      this.sizeBytes = fstatSync(this.#number).size;
    } catch (error) {
      this.close();
      throw fromFileError(error, this.path, 'open the file');
    }
  }

  /**
   * @param into read into if it has that size: new memory costs as much as what is read.
   * @throws CheckpointError `truncated` where the file ends before that, `closed` after `close`.
   */
  read(offset: number, sizeBytes: number, into?: ArrayBuffer): ArrayBuffer {
    if (offset + sizeBytes > this.sizeBytes) throw this.#ends(offset);
    const buffer = into?.byteLength === sizeBytes ? into : new ArrayBuffer(sizeBytes);
    const bytes = new Uint8Array(buffer);
    let done = 0;
    while (done < sizeBytes) {
      const got = this.#readSome(bytes.subarray(done, done + maxReadBytes), offset + done);
      if (got === 0) throw this.#ends(offset + done);
      done += got;
    }
    return buffer;
  }

  /** What is read already stays valid. */
  close(): void {
    if (this.#number !== undefined) closeSync(this.#number);
    this.#number = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #readSome(into: Uint8Array, offset: number): number {
    if (this.#number === undefined) throw new CheckpointError('closed', this.path, 'the file was closed');
    try {
      return readSync(this.#number, into, 0, into.length, offset);
    } catch (error) {
      throw fromFileError(error, this.path, 'read the file');
    }
  }

  #ends(at: number): CheckpointError {
    return new CheckpointError(
      'truncated',
      this.path,
      `the file ends at byte ${this.sizeBytes}, before what is said to be at ${at}; fetch it again`,
    );
  }
}
