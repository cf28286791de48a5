import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@x-llm/checkpoint';
import { AdamW, loadRunState, loadWeights, ParameterStore, saveRunState, WeightAverage } from '@x-llm/train';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fullSizes, sizesAt } from './config.ts';
import { handOver, takeOver } from './handover.ts';
import { runRecipe } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'x-llm-handover-'));
});
afterEach(() => rm(folder, { recursive: true }));

const notes: string[] = [];
const on = (machine: string, sizes = fullSizes) => ({
  directory: join(folder, 'handover'),
  runs: (step: string) => join(folder, machine, step),
  sizes,
  note: (message: string) => notes.push(message),
});

/** A step with one weight, whose running average is `value`: finished, unless it has fewer updates. */
async function train(
  machine: string,
  step: 'llm' | 'words' | 'stage1-speech',
  value: number,
  updates = fullSizes.updates[step],
): Promise<void> {
  const directory = join(folder, machine, step);
  const store = new ParameterStore({ seed: 1 });
  store.set('weight', [2], Float32Array.of(7, 8));
  const average = new WeightAverage(0.9);
  average.values.set('weight', Float32Array.of(value, -value));
  await saveRunState(directory, { store, optimizer: new AdamW(), average }, updates);
  await writeFile(join(directory, 'log.csv'), `step,time_ms,name,value\n1,1,loss,${value}\n`);
}

test('what one machine finished is finished on another: the average, in half precision, with its log', async () => {
  const [here, there] = [on('here'), on('there')];
  await mkdir(here.runs('tokenizer'), { recursive: true });
  await writeFile(join(here.runs('tokenizer'), 'tokenizer.model'), 'pieces');
  await train('here', 'llm', 1 / 3);
  for (const step of ['tokenizer', 'llm', 'features', 'bundle']) await handOver(step, here);
  expect((await readdir(here.directory)).sort()).toEqual(['llm.csv', 'llm.safetensors', 'tokenizer.model']);

  await takeOver(there);
  expect(await readFile(join(there.runs('tokenizer'), 'tokenizer.model'), 'utf8')).toBe('pieces');
  const third = new Float16Array([1 / 3])[0] ?? 0;
  expect([...(await loadWeights(there.runs('llm')))]).toEqual([
    ['weight', { dtype: 'float32', shape: [2], data: Float32Array.of(third, -third) }],
  ]);
  expect(await readdir(there.runs('llm'))).toContain('checkpoint-0005200.safetensors');
  expect(await readFile(join(there.runs('llm'), 'log.csv'), 'utf8')).toContain('loss');
});

test('a step that was begun here goes on here, and what is there stays as it is', async () => {
  await train('here', 'words', 0.5);
  await handOver('words', on('here'));
  await train('there', 'words', 0.25);
  await takeOver(on('there'));
  await handOver('words', on('there'));
  expect((await loadWeights(on('there').runs('words'))).get('weight')?.data).toEqual(
    Float32Array.of(0.25, -0.25),
  );
  await takeOver(on('elsewhere'));
  expect((await loadWeights(on('elsewhere').runs('words'))).get('weight')?.data).toEqual(
    Float32Array.of(0.5, -0.5),
  );
});

test('a step that was stopped goes on where it stood, and what got further takes its place', async () => {
  await train('here', 'stage1-speech', 0.5, 3000);
  await writeFile(join(on('here').runs('stage1-speech'), 'inventory.json'), '{}');
  await handOver('stage1-speech', on('here'));
  await takeOver(on('there'));
  expect(notes.at(-1)).toMatch(/stage1-speech: 3000 of 8000 updates from .*stage1-speech\.safetensors/);
  await takeOver(on('others'), (step) => step === 'tokens'); // which must not learn from half of it
  await expect(loadWeights(on('others').runs('stage1-speech'))).rejects.toThrow('run that step first');
  const { runs } = on('there');
  expect((await readdir(runs('stage1-speech'))).sort()).toEqual([
    'checkpoint-0003000.safetensors',
    'inventory.json',
    'log.csv',
  ]);
  const store = new ParameterStore({ seed: 1 });
  store.set('weight', [2], Float32Array.of(0, 0));
  const optimizer = new AdamW();
  const average = new WeightAverage(0.9);
  const state = { store, optimizer, average };
  expect(await loadRunState(runs('stage1-speech'), state, () => {})).toBe(3000);
  expect(optimizer.updates).toBe(0); // its moments are new
  expect([...store][0]?.data).toEqual(Float32Array.of(0.5, -0.5));

  await train('there', 'stage1-speech', 0.75, 8000);
  await handOver('stage1-speech', on('there'));
  await handOver('stage1-speech', on('here')); // which got less far
  await takeOver(on('elsewhere'));
  expect(notes.at(-1)).toMatch(/stage1-speech: 8000 updates from/);
});

test('a step of other lengths, and a file that is no handover, are refused', async () => {
  await train('here', 'llm', 1);
  await handOver('llm', on('here'));
  await expect(takeOver(on('there', sizesAt(0.5)))).rejects.toThrow(
    /llm\.safetensors is of 5200 updates where the recipe has 2600: delete it to train llm again/,
  );
  const path = join(on('here').directory, 'llm.safetensors');
  await writeSafetensors(path, [{ name: 'a', dtype: 'float32', shape: [1], data: Float32Array.of(1) }]);
  await expect(takeOver(on('there'))).rejects.toThrow('it is no handover');
  await writeFile(path, 'truncated');
  await expect(takeOver(on('there'))).rejects.toThrow(path);
});

test('a folder that is not there holds nothing yet', async () => {
  await takeOver(on('here'));
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  { fromBundle: true },
  { warmStart: true },
  { without: 'stage1' },
  { only: 'llm', steps: 3 },
] as const)('is not for %o', async (options) => {
  const run = runRecipe({ threads: 1, note: () => {}, handover: folder, ...options });
  await expect(run).rejects.toThrow('the steps of the whole recipe');
});
