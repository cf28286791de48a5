/** Batches of clips made ahead by the worker threads of batch-loader.ts. */
import { createBatchLoader, type LoaderOptions } from '../batch-loader.ts';
import type { Pictures } from '../pictures.ts';
import { type Clip, clipAt } from './clip.ts';

export type ClipLoaderOptions = Omit<LoaderOptions, 'kind' | 'share' | 'classes'>;

export interface ClipBatch {
  readonly step: number;
  /** [batchSize, frames, size, size, 3] RGB. Overwritten after the next call of `next`. */
  readonly pixels: Uint8Array;
  /** Clip i of step n is `clipAt(pictures, seed, n · batchSize + i, options)`. */
  readonly clips: readonly Clip[];
}

export interface ClipLoader {
  next(): Promise<ClipBatch>;
  /** The next batch will be this step's. */
  seek(step: number): void;
  close(): Promise<void>;
}

/**
 *     const loader = createClipLoader(pictures, { seed: 1, batchSize: 8, size: 48, frames: 8, styles: trainingStyleIds })
 *     const { pixels, clips } = await loader.next()
 */
export function createClipLoader(pictures: Pictures, options: ClipLoaderOptions): ClipLoader {
  const { seed, batchSize, styles, family = 'training', strength = 1 } = options;
  const strengthAt = typeof strength === 'number' ? (): number => strength : strength;
  const loader = createBatchLoader(pictures, { ...options, kind: 'clip' });
  return {
    async next() {
      const { step, pixels } = await loader.next();
      const clips = Array.from({ length: batchSize }, (_, i) =>
        clipAt(pictures, seed, step * batchSize + i, { styles, family, strength: strengthAt(step) }),
      );
      return { step, pixels, clips };
    },
    seek: (step) => loader.seek(step),
    close: () => loader.close(),
  };
}
