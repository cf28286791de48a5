import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import type { StoredTensor } from '@x-llm/onnx';
import type { AdamW } from './adamw.ts';
import type { WeightAverage } from './average.ts';
import type { ParameterStore } from './parameter-store.ts';

/** What a run needs to go on with the same bits: parameters, optimiser, average, and where it stood. */
export interface RunState {
  readonly store: ParameterStore;
  readonly optimizer: AdamW;
  readonly average: WeightAverage | undefined;
}

const pattern = /^checkpoint-(\d+)\.safetensors$/;
const kept = 2;
const slots = { first: 'adamw.first.', second: 'adamw.second.', average: 'average.' } as const;

/** Writes `checkpoint-STEP.safetensors` atomically and drops all but the newest two. */
export async function saveRunState(directory: string, state: RunState, step: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  const tensors = [...tensorsOf(state)];
  const path = join(directory, `checkpoint-${String(step).padStart(7, '0')}.safetensors`);
  await writeSafetensors(path, tensors, {
    step: String(step),
    updates: String(state.optimizer.updates),
    digest: digest(tensors.map(({ name, data }) => [name, data as Float32Array])),
  });
  for (const old of (await checkpoints(directory)).slice(kept))
    await rm(join(directory, old.file), { force: true });
}

/**
 * Loads the newest sound checkpoint into `state` and returns its step; 0 when there is none. A damaged file
 * is reported through `warn` and the one before it is used.
 */
export async function loadRunState(
  directory: string,
  state: RunState,
  warn: (message: string) => void,
): Promise<number> {
  for (const { file } of await checkpoints(directory)) {
    try {
      return await restore(join(directory, file), state);
    } catch (error) {
      warn(
        `${file} cannot be used (${error instanceof Error ? error.message : error}); trying the one before`,
      );
    }
  }
  return 0;
}

/**
 * The weights a finished run leaves to others: of its newest checkpoint the running average where there is one,
 * the parameters otherwise. Throws when the folder has no checkpoint.
 */
export async function loadWeights(directory: string): Promise<Map<string, StoredTensor>> {
  const [newest] = await checkpoints(directory);
  if (!newest) throw new Error(`${directory} has no checkpoint: run that step first`);
  using file = await openSafetensors(join(directory, newest.file));
  const weights = new Map<string, StoredTensor>();
  for (const [name, { shape }] of file.tensors) {
    if (Object.values(slots).some((slot) => name.startsWith(slot))) continue;
    const averaged = slots.average + name;
    const data = new Float32Array(file.readFloat32(file.tensors.has(averaged) ? averaged : name));
    weights.set(name, { dtype: 'float32', shape, data });
  }
  return weights;
}

function* tensorsOf({ store, optimizer, average }: RunState): Generator<TensorSource> {
  for (const { name, shape, data } of store) {
    const { first, second } = optimizer.moments(name, data.length);
    yield { name, dtype: 'float32', shape, data };
    yield { name: slots.first + name, dtype: 'float32', shape, data: first };
    yield { name: slots.second + name, dtype: 'float32', shape, data: second };
    const averaged = average?.values.get(name);
    if (averaged) yield { name: slots.average + name, dtype: 'float32', shape, data: averaged };
  }
}

async function restore(path: string, { store, optimizer, average }: RunState): Promise<number> {
  using file = await openSafetensors(path);
  const values = new Map(
    [...file.tensors.keys()].map((name) => [name, new Float32Array(file.readFloat32(name))]),
  );
  if (digest([...values]) !== file.metadata['digest'])
    throw new Error('its contents do not match its digest');
  for (const [name, { shape }] of file.tensors) {
    const data = values.get(name);
    if (!data || Object.values(slots).some((slot) => name.startsWith(slot))) continue;
    store.set(name, shape, data);
    const moments = optimizer.moments(name, data.length);
    moments.first.set(values.get(slots.first + name) ?? []);
    moments.second.set(values.get(slots.second + name) ?? []);
    const averaged = values.get(slots.average + name);
    if (average && averaged) average.values.set(name, averaged);
  }
  optimizer.updates = Number(file.metadata['updates']);
  return Number(file.metadata['step']);
}

function digest(tensors: readonly (readonly [string, Float32Array])[]): string {
  const hash = createHash('sha256');
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, data] of sorted) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

/** Newest first. */
async function checkpoints(directory: string): Promise<{ file: string; step: number }[]> {
  const files = await readdir(directory).catch(() => []);
  return files
    .flatMap((file) => {
      const match = pattern.exec(file);
      return match ? [{ file, step: Number(match[1]) }] : [];
    })
    .sort((a, b) => b.step - a.step);
}
