import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CheckpointError, fromFileError } from './error.ts';

export interface SpaceNeed {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Sees to it, before anything is written, that `sizeBytes` more fit where `path` is or will be.
 * @throws CheckpointError `no_space` with what is needed and what is free.
 */
export const requireSpace = (path: string, sizeBytes: number): Promise<void> =>
  requireSpaceForAll([{ path, sizeBytes }]);

/** As `requireSpace`, for several places: those on one disk share what is free there. */
export async function requireSpaceForAll(needs: readonly SpaceNeed[]): Promise<void> {
  const placed = await Promise.all(
    needs.map(async ({ path, sizeBytes }) => ({ path: resolve(path), sizeBytes, ...(await diskOf(path)) })),
  );
  for (const [first, ...others] of Map.groupBy(placed, ({ disk }) => disk).values()) {
    if (!first) continue;
    const { path, free } = first;
    const needed = others.reduce((sum, { sizeBytes }) => sum + sizeBytes, first.sizeBytes);
    if (free >= needed) continue;
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
    throw new CheckpointError(
      'no_space',
      path,
      `${gigabytes(needed)} are needed and ${gigabytes(free)} free; make room, or write to another disk`,
    );
  }
}

/** The disk that `path` is on or will be, by its device number, and the bytes free there. @throws CheckpointError `not_found`, `io`. */
export async function diskOf(path: string): Promise<{ disk: number; free: number }> {
  let there = resolve(path);
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    const { bavail, bsize } = await statfs(there);
    return { disk: (await stat(there)).dev, free: bavail * bsize };
  } catch (error) {
    throw fromFileError(error, there, 'look at the disk');
  }
}
