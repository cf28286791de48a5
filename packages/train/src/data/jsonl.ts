/** Lines of a file with their places in it, read as a stream: the file may be larger than memory. */
import { createReadStream } from 'node:fs';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** In bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** No honest line is longer; a file without line ends must not fill the memory. */
export const longestLineBytes = 4 * 1024 * 1024;

const lineFeed = 0x0a;

/**
 * Every line of the file, without its line feed. `watch` sees all bytes in their order. Throws a RangeError for a line
 * of more than 4 MiB, and what the file system throws.
 */
export async function* readLines(path: string, watch?: (bytes: Uint8Array) => void): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let number = 1;
  let offset = 0;
  const take = (): Line => {
    const line = { number, offset, bytes: Buffer.concat(parts) };
    offset += size + 1;
    number++;
    parts = [];
    size = 0;
    return line;
  };
  const keep = (part: Uint8Array) => {
    size += part.length;
    if (size > longestLineBytes) {
      throw new RangeError(`${path}:${number}: the line is longer than ${longestLineBytes} bytes`);
    }
    parts.push(part);
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    watch?.(chunk);
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      keep(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) yield take();
}
