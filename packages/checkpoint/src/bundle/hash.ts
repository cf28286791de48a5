import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fromFileError } from '../error.ts';

/** The SHA-256 of a file, in lower-case hexadecimal; streams, so that size does not matter. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw fromFileError(error, path, 'read the file');
  }
  return hash.digest('hex');
}
