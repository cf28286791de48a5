import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CheckpointError, fromFileError } from './error.ts';

/**
 * Sees to it, before anything is written, that `sizeBytes` more fit where `path` is or will be.
 * @throws CheckpointError `no_space` with what is needed and what is free.
 */
export async function requireSpace(path: string, sizeBytes: number): Promise<void> {
  const absolute = resolve(path);
  let there = absolute;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  let free: number;
  try {
    const { bavail, bsize } = await statfs(there);
    free = bavail * bsize;
  } catch (error) {
    throw fromFileError(error, there, 'look at the disk');
  }
  if (free >= sizeBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
  throw new CheckpointError(
    'no_space',
    absolute,
    `${gigabytes(sizeBytes)} are needed and ${gigabytes(free)} free; make room, or write to another disk`,
  );
}
