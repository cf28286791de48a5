/**
 * Files are decoded in threads: the event loop stays free, and a decoder that hangs is ended with its thread. FFmpeg is
 * WebAssembly there, so that what it does wrong ends in an exception and not with the process.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { MediaError } from '../error.ts';
import type { DecoderModule } from '../ffmpeg/decoder.ts';
import { Slots } from './slots.ts';
import type { AudioTask, Outcome, Task, VideoTask } from './task.ts';

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

export interface Deadline {
  signal?: AbortSignal | undefined;
  /** Longest that decoding may take, waiting for a thread not counted. */
  deadlineMs?: number | undefined;
}

/** Ten minutes of sound are decoded and resampled in a tenth of this. */
const defaultDeadlineMs = 60_000;
const maxThreads = Math.max(1, Math.min(4, availableParallelism()));

let compiled: Promise<DecoderModule> | undefined;
let pool: Piscina<Task, Outcome> | undefined;
const slots = new Slots(maxThreads);

/** FFmpeg, compiled once for all threads. */
const decoderModule = (): Promise<DecoderModule> =>
  (compiled ??= readFile(new URL('../../wasm/decoder.wasm', import.meta.url)).then((bytes) =>
    WebAssembly.compile(bytes),
  ));

const threads = (): Piscina<Task, Outcome> =>
  (pool ??= new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads,
    idleTimeout: 60_000,
    maxQueue: Number.POSITIVE_INFINITY, // `slots` let in no more than there are threads
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  }));

type NewTask = Omit<AudioTask, 'module'> | Omit<VideoTask, 'module'>;

/** Decodes in a thread. Throws `MediaError`, `media_timeout` among them, or the signal's reason. */
export async function decodeInThread(task: NewTask, { signal, deadlineMs }: Deadline): Promise<Outcome> {
  signal?.throwIfAborted();
  const module = await decoderModule();
  await slots.take(signal);
  // Made here, not before: it holds for the work, not for the wait.
  const deadline = AbortSignal.timeout(deadlineMs ?? defaultDeadlineMs);
  try {
    // A copy of its own: the buffer of a Node.js Buffer holds what belongs to others too.
    const bytes = new Uint8Array(task.bytes);
    const outcome = await threads().run(
      { ...task, bytes, module },
      {
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        transferList: [bytes.buffer],
      },
    );
    if ('code' in outcome) throw new MediaError(outcome.code, outcome.message);
    return outcome;
  } catch (error) {
    signal?.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new MediaError('media_timeout', 'The file took too long to decode; send a shorter or smaller one.');
  } finally {
    slots.release();
  }
}
