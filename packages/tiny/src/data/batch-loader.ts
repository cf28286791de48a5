/**
 * Batches made ahead of time by worker threads. The pixels travel in shared memory: a ring of buffers, each filled by
 * one worker for one step. Batch n is the same whatever the number of workers, and `seek` jumps to any step.
 */
import { Worker } from 'node:worker_threads';
import type { Scene } from './augment/scene.ts';
import { type BatchOptions, sampleBytes } from './fill-batch.ts';
import type { Pictures, SharedPictures } from './pictures.ts';
import { BatchPlan, sceneAt } from './plan.ts';

export interface LoaderOptions extends BatchOptions {
  /** 0 = placed on a background only, 1 = as tuned; a function of the step for a schedule. */
  strength?: number | ((step: number) => number);
  workers?: number;
  /** Batches made ahead per worker. */
  ahead?: number;
}

export interface Batch {
  step: number;
  /** batchSize × size × size × 3, RGB; of clips batchSize × frames × …. Overwritten after the next call of `next`. */
  pixels: Uint8Array;
  /** Thing ids. */
  labels: Int32Array;
  /** What stands in each picture (kind `scene`; empty otherwise). */
  scenes: Scene[];
}

export interface BatchLoader {
  /** Pictures per epoch. */
  readonly epochLength: number;
  next(): Promise<Batch>;
  /** The next batch will be this step's. */
  seek(step: number): void;
  close(): Promise<void>;
}

/** What a worker is started with, told, and answers. */
export interface WorkerStart {
  pictures: SharedPictures;
  options: BatchOptions;
  slots: { pixels: SharedArrayBuffer; labels: SharedArrayBuffer }[];
}
export interface FillRequest {
  slot: number;
  step: number;
  strength: number;
  generation: number;
}
export type FillAnswer = FillRequest & { error?: string };

interface Slot {
  pixels: Uint8Array;
  labels: Int32Array;
  step: number;
  generation: number;
  ready: boolean;
  busy: boolean;
}

/**
 *     const loader = createBatchLoader(pictures, { seed: 1, batchSize: 64, size: 64, styles: trainingStyleIds })
 *     const { pixels, labels } = await loader.next()
 */
export function createBatchLoader(pictures: Pictures, options: LoaderOptions): BatchLoader {
  const { strength = 1, workers: workerCount = 1, ahead = 3, ...batch } = options;
  const strengthAt = typeof strength === 'number' ? (): number => strength : strength;
  const epochLength = new BatchPlan(pictures, batch.seed, batch.styles, batch.classes).length;
  const shared = Array.from({ length: Math.max(2, ahead) * workerCount }, () => ({
    pixels: new SharedArrayBuffer(batch.batchSize * sampleBytes(batch)),
    labels: new SharedArrayBuffer(batch.batchSize * 4),
  }));
  const slots: Slot[] = shared.map(({ pixels, labels }) => ({
    pixels: new Uint8Array(pixels),
    labels: new Int32Array(labels),
    step: -1,
    generation: -1,
    ready: false,
    busy: false,
  }));
  let generation = 0;
  let taken = 0; // step that `next` gives next
  let given: Slot | undefined;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  const fail = (error: Error): void => {
    failure ??= error;
    wake?.();
  };
  const start: WorkerStart = { pictures: pictures.shared, options: batch, slots: shared };
  const workers = Array.from({ length: workerCount }, () => {
    const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { workerData: start });
    worker.on('message', (answer: FillAnswer) => {
      const slot = slots[answer.slot];
      if (answer.error !== undefined || !slot)
        return fail(new Error(`augmentation worker: ${answer.error ?? 'unknown slot'}`));
      slot.busy = false;
      slot.ready = answer.generation === generation;
      if (!slot.ready) request();
      wake?.();
    });
    worker.on('error', fail);
    worker.unref();
    return worker;
  });

  /** Gives every idle slot the next step that nobody makes. */
  function request(): void {
    for (const [index, slot] of slots.entries()) {
      if (slot.busy || slot === given || (slot.ready && slot.generation === generation && slot.step >= taken))
        continue;
      const step = nextUnplanned();
      Object.assign(slot, { step, generation, ready: false, busy: true });
      const message: FillRequest = { slot: index, step, strength: strengthAt(step), generation };
      workers[index % workers.length]?.postMessage(message);
    }
  }

  function nextUnplanned(): number {
    let step = taken;
    while (
      slots.some((slot) => slot.generation === generation && slot.step === step && (slot.busy || slot.ready))
    )
      step++;
    return step;
  }

  request();
  return {
    epochLength,
    async next() {
      given = undefined;
      for (;;) {
        request();
        if (failure) throw failure;
        const slot = slots.find((s) => s.ready && s.generation === generation && s.step === taken);
        if (slot) {
          given = slot;
          const step = taken++;
          const scenes =
            batch.kind === 'scene'
              ? Array.from({ length: batch.batchSize }, (_, i) =>
                  sceneAt(pictures, batch.seed, step * batch.batchSize + i, batch.share),
                )
              : [];
          return { step, pixels: slot.pixels, labels: slot.labels, scenes };
        }
        for (const worker of workers) worker.ref(); // stay alive while somebody waits
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        for (const worker of workers) worker.unref();
      }
    },
    seek(step) {
      generation++;
      taken = step;
      given = undefined;
      request();
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
