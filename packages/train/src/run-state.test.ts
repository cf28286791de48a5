import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AdamW } from './adamw.ts';
import { ParameterStore } from './parameter-store.ts';
import { loadRunState, loadWeights, saveRunState } from './run-state.ts';
import { temporaryDirectory, train } from './testing.ts';

const files = (directory: string) => readdirSync(directory).sort();

/** Flips one bit of the byte at a share of the file. */
function damage(path: string, share: number): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length * share);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

test('keeps the newest two checkpoints', async () => {
  using folder = temporaryDirectory();
  await train({ directory: folder.path, steps: 5, checkpointEvery: 1 });
  expect(files(folder.path)).toEqual(['checkpoint-0000004.safetensors', 'checkpoint-0000005.safetensors']);
});

test.each([
  ['a flipped bit', (path: string) => damage(path, 0.9), /do not match its digest/],
  ['a lost end', (path: string) => truncateSync(path, readFileSync(path).length - 100), /./],
  ['an empty file', (path: string) => truncateSync(path, 0), /./],
  ['a wrong header', (path: string) => damage(path, 0), /./],
])(
  '%s in the newest checkpoint: says so, and goes on from the one before with the same bits',
  async (_, harm, message) => {
    using whole = temporaryDirectory();
    using folder = temporaryDirectory();
    const once = await train({ directory: whole.path, steps: 6 });
    await train({ directory: folder.path, steps: 4, checkpointEvery: 1 });
    harm(join(folder.path, 'checkpoint-0000004.safetensors'));
    const resumed = await train({ directory: folder.path, steps: 6 });
    expect(resumed.notes[0]).toMatch(/^checkpoint-0000004.safetensors cannot be used \(/);
    expect(resumed.notes[0]).toMatch(message);
    expect(resumed.notes[1]).toBe('start 3');
    expect(resumed.state).toEqual(once.state);
    expect(files(folder.path)).toContain('checkpoint-0000004.safetensors.damaged');
  },
);

test('a run of which no checkpoint is sound is no new run: its log stays', async () => {
  using folder = temporaryDirectory();
  await train({ directory: folder.path, steps: 4, checkpointEvery: 1 });
  for (const step of [3, 4]) damage(join(folder.path, `checkpoint-000000${step}.safetensors`), 0.9);
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(train({ directory: folder.path, steps: 6 })).rejects.toThrow(
      'has no checkpoint that is sound: remove the folder to begin anew',
    );
  }
});

test('a checkpoint of another model is an error, not a start from nothing', async () => {
  using folder = temporaryDirectory();
  const state = (shapes: Record<string, readonly number[]>) => {
    const store = new ParameterStore({ seed: 1 });
    for (const [name, shape] of Object.entries(shapes)) store.require(name, shape);
    return { store, optimizer: new AdamW(), average: undefined };
  };
  await saveRunState(folder.path, state({ a: [2, 3], b: [4] }), 7);
  const load = (shapes: Record<string, readonly number[]>) =>
    loadRunState(folder.path, state(shapes), () => {});
  await expect(load({ a: [3, 2], b: [4] })).rejects.toThrow(/"a" is \[2,3\] there and \[3,2\] here/);
  await expect(load({ a: [2, 3] })).rejects.toThrow(/"b" is not in this model/);
  await expect(load({ a: [2, 3], b: [4], c: [1] })).rejects.toThrow(
    /"c" is not in it.*choose another run folder/,
  );
  expect(await load({ b: [4], a: [2, 3] })).toBe(7);
});

test('the weights others get are the average, of a sound checkpoint', async () => {
  using folder = temporaryDirectory();
  await expect(loadWeights(folder.path)).rejects.toThrow(/has no checkpoint: run that step first/);
  const { state } = await train({ directory: folder.path, steps: 4 });
  const weights = await loadWeights(folder.path);
  expect([...weights.keys()].sort()).toEqual(['inner.bias', 'inner.weight', 'outer.bias', 'outer.weight']);
  const inner = weights.get('inner.weight')?.data;
  expect(inner).toEqual(Float32Array.from(state['average.inner.weight'] ?? []));
  expect(state['average.inner.weight']).not.toEqual(state['inner.weight']);
  damage(join(folder.path, 'checkpoint-0000004.safetensors'), 0.9);
  await expect(loadWeights(folder.path)).rejects.toThrow(/do not match its digest/);
});
