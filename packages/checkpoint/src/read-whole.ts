import { open } from 'node:fs/promises';
import { CheckpointError, fromFileError } from './error.ts';

const mebi = 2 ** 20;

/** The most that is read of files which ought to be small, in bytes: a thousand times what they usually have. */
export const wholeFileLimits = { manifest: 16 * mebi, index: 64 * mebi, tokenizer: 256 * mebi } as const;

/**
 * Reads all of a file, unless there is more of it than there can be: somebody else wrote it, and memory is ours.
 *
 * @throws CheckpointError `not_found`, `io`, or `too_large` for more than `most` bytes.
 */
export async function readWhole(path: string, most: number): Promise<Buffer<ArrayBuffer>> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > most) {
      throw new CheckpointError(
        'too_large',
        path,
        `has ${size} bytes, and at most ${most} are read of such a file`,
      );
    }
    return await file.readFile();
  } catch (error) {
    throw fromFileError(error, path, 'read the file');
  }
}
