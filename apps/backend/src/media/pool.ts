/**
 * Media are decoded in threads: resizing a photograph of 12 megapixels takes 300 ms, and all answers being written would
 * stand still for as long.
 */
import { MediaError } from '@x-llm/media';
import { Piscina } from 'piscina';
import type { Outcome, Results, Task } from './worker.ts';

export interface MediaPool {
  /**
   * What the model takes: the pixels of a picture, the samples of a sound, the frames of a video. Throws `MediaError`,
   * or the signal's reason; an aborted task's thread ends at once, whatever it does.
   */
  decode<Kind extends Task['kind']>(
    task: Extract<Task, { kind: Kind }>,
    signal: AbortSignal,
  ): Promise<Results[Kind]>;
  close(): Promise<void>;
}

export interface MediaPoolOptions {
  /** Bounds what is decoded at once. Threads start with the first task. */
  threads: number;
  /** Decoders keep their own deadlines; one that does not is ended with its thread. */
  timeoutMs: number;
}

export function createMediaPool({ threads, timeoutMs }: MediaPoolOptions): MediaPool {
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
    async decode<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>, signal: AbortSignal) {
      signal.throwIfAborted();
      const deadline = AbortSignal.timeout(timeoutMs);
      let outcome: Outcome;
      try {
        outcome = await pool().run(task, { signal: AbortSignal.any([signal, deadline]) });
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.aborted) {
          throw new MediaError('media_timeout', `The file took longer than ${timeoutMs / 1000} s to decode.`);
        }
        throw error;
      }
      if ('code' in outcome) throw new MediaError(outcome.code, outcome.message);
      return outcome.result as Results[Kind];
    },
    close: async () => started?.destroy(),
  };
}
