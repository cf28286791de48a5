import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors } from '@x-llm/checkpoint';
import { loadWeights } from '@x-llm/train';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleDirectory } from './bundle.ts';
import { unpackFrozenParts } from './from-bundle.ts';
import { runRecipe } from './index.ts';

let runs: string;
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'x-llm-runs-'));
  await unpackFrozenParts(
    bundleDirectory,
    (step) => join(runs, step),
    () => {},
  );
});
afterAll(() => rm(runs, { recursive: true }));

test('the run folders hold the frozen weights of the bundle, and nothing of the interface', async () => {
  using image = await openSafetensors(join(bundleDirectory, 'image.safetensors'));
  const encoder = await loadWeights(join(runs, 'encoder'));
  const frozen = [...image.tensors.keys()].filter((name) => !/^(Qformer|query_tokens|llm_proj)/.test(name));
  expect([...encoder.keys()].sort()).toEqual(frozen.sort());
  const name = 'ln_vision.weight';
  expect(encoder.get(name)?.data).toEqual(new Float32Array(image.readFloat32(name)));

  using language = await openSafetensors(join(bundleDirectory, 'llm.safetensors'));
  expect((await loadWeights(join(runs, 'llm'))).size).toBe(language.tensors.size);
});

test('the tokenizer is the same file', async () => {
  const [there, here] = await Promise.all(
    [join(bundleDirectory, 'tokenizer.model'), join(runs, 'tokenizer', 'tokenizer.model')].map((path) =>
      readFile(path),
    ),
  );
  expect(here?.equals(there ?? Buffer.alloc(0))).toBe(true);
});

test('a warm start keeps what was trained, replaces what was unpacked, and leaves room for what is to be trained', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'x-llm-runs-'));
  const unpacked = async (how?: Parameters<typeof unpackFrozenParts>[3]): Promise<string[]> => {
    const notes: string[] = [];
    await unpackFrozenParts(
      bundleDirectory,
      (step) => join(folder, step),
      (note) => notes.push(note),
      how,
    );
    return notes.map((note) => note.split(':')[0] ?? '');
  };
  const warm = { keepTrained: true };
  expect(await unpacked(warm)).toEqual(['llm', 'encoder']);
  expect(await unpacked(warm)).toEqual(['llm', 'encoder']); // the bundle may be another one by now
  expect(await unpacked({ ...warm, toTrain: 'llm' })).toEqual(['encoder']);
  await expect(readFile(join(folder, 'llm'))).rejects.toThrow('ENOENT');
  await mkdir(join(folder, 'llm'));
  await writeFile(join(folder, 'llm/log.csv'), 'step,time_ms,name,value\n');
  expect(await unpacked({ ...warm, toTrain: 'llm' })).toEqual(['encoder']);
  expect(await unpacked(warm)).toEqual(['encoder']);
  expect(await readFile(join(folder, 'llm/log.csv'), 'utf8')).toContain('step');
  expect(await unpacked()).toEqual(['llm', 'encoder']);
  await rm(folder, { recursive: true });
});

test('what is taken from the bundle cannot be asked for', async () => {
  const options = { threads: 1, fromBundle: true, note: () => {} };
  await expect(runRecipe({ ...options, only: 'encoder' })).rejects.toThrow(
    'encoder is taken from the bundle',
  );
  await expect(runRecipe({ ...options, only: 'llm' })).rejects.toThrow('llm is taken from the bundle');
  await expect(
    runRecipe({ ...options, fromBundle: false, warmStart: true, only: 'encoder' }),
  ).rejects.toThrow('encoder is taken from the bundle');
});

test('there is no more than all of the recipe', async () => {
  const options = { threads: 1, note: () => {} };
  for (const scale of [0, 2, Number.NaN])
    await expect(runRecipe({ ...options, scale })).rejects.toThrow(/the recipe has no/);
});
