/**
 * Pictures are prepared in threads: resizing a photograph of 12 megapixels takes 300 ms, and all answers
 * being written would stand still for as long.
 */
import { MediaError } from '@x-llm/media';
import { Piscina } from 'piscina';
import type { Outcome, Task } from './worker.ts';

export interface ImagePool {
  /** size · size · 3 bytes. Throws `MediaError`, or the signal's reason. */
  prepare(bytes: Uint8Array, size: number, signal: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** `threads` bounds the pictures decoded at once. They start with the first picture. */
export function createImagePool(threads: number): ImagePool {
  let started: Piscina<Task, Outcome> | undefined;
  const pool = () =>
    (started ??= new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 60_000,
      maxQueue: Number.POSITIVE_INFINITY, // requests are bounded before they come here
    }));
  return {
    async prepare(bytes, size, signal) {
      signal.throwIfAborted();
      let outcome: Outcome;
      try {
        // Aborting ends the thread, whatever it decodes.
        outcome = await pool().run({ bytes, size }, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      }
      if ('code' in outcome) throw new MediaError(outcome.code, outcome.message);
      return outcome.rgb;
    },
    close: async () => started?.destroy(),
  };
}
