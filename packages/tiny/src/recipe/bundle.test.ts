import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle, openSafetensors } from '@x-llm/checkpoint';
import { AdamW, ParameterStore, saveRunState } from '@x-llm/train';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assembleBundle, bundleDirectory, mean } from './bundle.ts';
import { unpackFrozenParts } from './from-bundle.ts';
import { interfaceWeights, learntBy, readWeights, type Weights } from './learnt.ts';

let folder: string;
let start: Weights;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'x-llm-bundle-'));
  await unpackFrozenParts(
    bundleDirectory,
    (step) => join(folder, 'runs', step),
    () => {},
  );
  start = await interfaceWeights(bundleDirectory);
});
afterAll(() => rm(folder, { recursive: true }));

test('a mean keeps a share of what was; what is new stays as it is', () => {
  const tensor = (...values: number[]) =>
    ({ dtype: 'float32', shape: [values.length], data: Float32Array.from(values) }) as const;
  const values = ([, { data }]: ReturnType<typeof mean>) => data;
  expect(values(mean(['a', tensor(4, 8)], tensor(0, 4), 0.25))).toEqual(Float32Array.of(3, 7));
  expect(values(mean(['a', tensor(4, 8)], undefined, 0.25))).toEqual(Float32Array.of(4, 8));
  expect(() => mean(['a', tensor(4, 8)], tensor(1), 0.25)).toThrow('a: 1 weights became 2');
});

test('the bundle of a warm start, of which a share stays', async () => {
  // The S-Adapter was trained: every weight is greater by 1.
  const store = new ParameterStore({ seed: 1 });
  const runs = (step: string) => join(folder, 'runs', step);
  for (const [name, { shape, data }] of await learntBy('stage2-speech', { runs, start })) {
    const more = name.startsWith('post_bert_proj.') ? 1 : 0;
    const values = Float32Array.from(data as Float32Array, (value) => value + more);
    store.set(name, shape, values);
  }
  await saveRunState(runs('stage2-speech'), { store, optimizer: new AdamW(), average: undefined }, 3);

  await mkdir(runs('stage3')); // begun, with no checkpoint yet

  const directory = join(folder, 'bundle');
  await assembleBundle({ note: () => {}, directory, name: 'another', runs, start, keep: 0.75 });
  using bundle = await openBundle(directory);
  expect(bundle.manifest.name).toBe('another');
  const written = new Map(await readWeights(join(directory, 'speech.safetensors')));
  const bias = written.get('post_bert_proj.bias')?.data ?? new Float32Array();
  const before = start.get('post_bert_proj.bias')?.data as Float32Array;
  for (const [at, value] of bias.entries()) expect(value).toBeCloseTo((before[at] ?? 0) + 0.25, 2);
  using then = await openSafetensors(join(bundleDirectory, 'speech.safetensors'));
  expect(written.get('pre_bert_proj.weight')?.data).toEqual(
    new Float32Array(then.readFloat32('pre_bert_proj.weight')),
  );
});
