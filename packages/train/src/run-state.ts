import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
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
const damaged = '.damaged';
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
 * is reported through `warn`, renamed to `….damaged`, and the one before it is used. Throws, and leaves `state`
 * alone, when the run was of another model, or none of its checkpoints is sound.
 */
export async function loadRunState(
  directory: string,
  state: RunState,
  warn: (message: string) => void,
): Promise<number> {
  for (const { file, step } of await checkpoints(directory)) {
    const path = join(directory, file);
    const checkpoint = await readCheckpoint(path, step).catch(async (error: unknown) => {
      warn(
        `${file} cannot be used (${error instanceof Error ? error.message : error}); trying the one before`,
      );
      await rename(path, path + damaged); // or it would count as the newest, and newer ones be dropped
    });
    if (!checkpoint) continue;
    requireSameModel(path, checkpoint, state.store);
    restore(checkpoint, state);
    return step;
  }
  const files = await readdir(directory).catch(() => []);
  if (files.some((file) => file.endsWith(damaged))) {
    throw new Error(`${directory} has no checkpoint that is sound: remove the folder to begin anew`);
  }
  return 0;
}

/**
 * The weights a finished run leaves to others: of its newest checkpoint the running average where there is one,
 * the parameters otherwise. Throws when the folder has no checkpoint, or a damaged one.
 */
export async function loadWeights(directory: string): Promise<Map<string, StoredTensor>> {
  const [newest] = await checkpoints(directory);
  if (!newest) throw new Error(`${directory} has no checkpoint: run that step first`);
  const { parameters } = await readCheckpoint(join(directory, newest.file), newest.step);
  return new Map(
    [...parameters].map(([name, { shape, values, average }]) => [
      name,
      { dtype: 'float32', shape, data: average ?? values },
    ]),
  );
}

/** The step of a run's newest checkpoint, sound or not; undefined when it has left none. */
export const newestCheckpoint = async (directory: string): Promise<number | undefined> =>
  (await checkpoints(directory))[0]?.step;

/** Whether a run has left a checkpoint in its folder, sound or not. */
export const hasCheckpoint = async (directory: string): Promise<boolean> =>
  (await newestCheckpoint(directory)) !== undefined;

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

interface Checkpoint {
  readonly updates: number;
  readonly parameters: ReadonlyMap<string, SavedParameter>;
}

interface SavedParameter {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly average: Float32Array<ArrayBuffer> | undefined;
}

/** Reads a checkpoint and checks it against its digest. */
async function readCheckpoint(path: string, step: number): Promise<Checkpoint> {
  using file = await openSafetensors(path);
  const { metadata } = file;
  const tensors = new Map(
    [...file.tensors.keys()].map((name) => [name, new Float32Array(file.readFloat32(name))]),
  );
  if (digest([...tensors]) !== metadata['digest']) throw new Error('its contents do not match its digest');
  const updates = Number(metadata['updates']);
  if (Number(metadata['step']) !== step || !Number.isInteger(updates)) {
    throw new Error(`it says step ${metadata['step']}, ${metadata['updates']} updates`);
  }
  const parameters = new Map<string, SavedParameter>();
  for (const [name, { shape }] of file.tensors) {
    const [values, first, second] = ['', slots.first, slots.second].map((slot) => tensors.get(slot + name));
    if (!values || !first || !second) continue; // a moment or an average
    parameters.set(name, { shape, values, first, second, average: tensors.get(slots.average + name) });
  }
  return { updates, parameters };
}

function requireSameModel(path: string, { parameters }: Checkpoint, store: ParameterStore): void {
  const fail = (why: string): never => {
    throw new Error(`${path} is of another model: ${why}; choose another run folder or remove this one`);
  };
  for (const { name, shape } of store) {
    const saved = parameters.get(name) ?? fail(`"${name}" is not in it`);
    if (saved.shape.join() !== shape.join()) fail(`"${name}" is [${saved.shape}] there and [${shape}] here`);
  }
  for (const name of parameters.keys()) if (!store.has(name)) fail(`"${name}" is not in this model`);
}

function restore({ updates, parameters }: Checkpoint, { store, optimizer, average }: RunState): void {
  for (const [name, saved] of parameters) {
    store.set(name, saved.shape, saved.values);
    const moments = optimizer.moments(name, saved.values.length);
    moments.first.set(saved.first);
    moments.second.set(saved.second);
    if (average && saved.average) average.values.set(name, saved.average);
  }
  optimizer.updates = updates;
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
