import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldOutBatches, streamsOf } from './batches.ts';
import {
  exampleConfig,
  parseStageConfig,
  readStageConfig,
  stageDefaults,
  stageModalities,
  stageNames,
} from './config.ts';

const least = { bundle: 'b', modality: 'image', data: ['d.jsonl'], output: 'o' };

test('what is not said is as the paper has it; paths are relative to the config', () => {
  expect(parseStageConfig('stage2', least, '/work/mine')).toMatchObject({
    bundle: '/work/mine/b',
    output: '/work/mine/o',
    cache: '/work/mine/.xllm/features',
    data: [{ file: '/work/mine/d.jsonl' }],
    epochs: 2,
    batch: 1,
    accumulate: 32,
    learningRate: { peak: 3e-5, end: 1e-8, start: 1e-6, warmupSteps: 6000 },
    weightDecay: 0.05,
  });
  const { learningRate } = parseStageConfig('stage2', { ...least, learningRate: { peak: 1 } }, '/');
  expect(learningRate).toEqual({ peak: 1, end: 1e-8, start: 1e-6, warmupSteps: 6000 });
  expect(stageDefaults('stage2', 'video').learningRate.peak).toBe(1e-5);
  expect(stageDefaults('stage2', 'speech')).toMatchObject({ epochs: 30, batch: 4, accumulate: 32 });
  expect(stageDefaults('stage3')).toMatchObject({ batch: 4, learningRate: { peak: 1e-6, end: 1e-6 } });
});

test.each([
  ['a key that is not known', { batchSize: 4 }, /batchSize/],
  ['a wrong type', { batch: '4' }, /batch: .*expected number/],
  ['no batch', { batch: 0 }, /batch: /],
  ['a key within', { learningRate: { peek: 1 } }, /learningRate: .*"peek"/],
  ['steps and epochs', { steps: 1, epochs: 1 }, /steps or epochs, not both/],
  ['no data', { data: [] }, /data: /],
  ['data that are no path', { data: [1] }, /data.0: expected a path, or {"file", "task"} with one of "vl"/],
  ['a file of an unknown task', { data: [{ file: 'a', task: 'ocr' }] }, /data.0: .*one of "vl", "asr"/],
  ['what is held out, by half', { validation: { every: 3 } }, /validation.data: /],
  [
    'a choice there is not',
    { validation: { data: ['a'], keep: 'all' } },
    /validation.keep: .*"last"\|"best"/,
  ],
  ['an unknown task', { weights: { ocr: 1 } }, /weights.*ocr/],
  ['a bad name', { name: 'My Model' }, /name: expected a name like my-model/],
  ['a batch that no memory holds', { batch: 1e9 }, /batch: /],
  [
    'a rate that begins above the peak',
    { learningRate: { start: 1 } },
    /learningRate.start: 1 is above the peak/,
  ],
  ['one that ends there', { learningRate: { peak: 1e-9, end: 1e-8 } }, /learningRate.end: 1e-8 is above/],
  ['the bundle in the place of the result', { output: '/o', bundle: '/o/bundle' }, /would take the place of/],
  ['an output within the bundle', { output: 'b/run' }, /is in the bundle, which stays as it is/],
  ['several at once', { batch: -1, seed: 'x' }, /batch: .*; seed: |seed: .*; batch: /],
])('%s is named', (_, change, message) => {
  expect(() => parseStageConfig('stage2', { ...least, ...change }, '/')).toThrow(message);
});

test('a low peak takes both ends down with it', () => {
  const { learningRate } = parseStageConfig('stage1', { ...least, learningRate: { peak: 1e-8 } }, '/');
  expect(learningRate).toMatchObject({ peak: 1e-8, start: 1e-8, end: 1e-8 });
});

test('weights are of all tasks or of none', () => {
  const all = [0, 1, 2].map((index) => ({ index, length: 8, sizes: {} }));
  const kept = { vl: all, vsd: all.slice(0, 1) };
  expect(streamsOf(kept, { weights: {} })).toEqual({
    vl: { count: 3, weight: 3 },
    vsd: { count: 1, weight: 1 },
  });
  expect(streamsOf(kept, { weights: { vl: 1, vsd: 0 } }).vsd).toEqual({ count: 1, weight: 0 });
  const wrong = (weights: object) => () => streamsOf(kept, { weights });
  expect(wrong({ vl: 1 })).toThrow(/do not say how much "vsd" counts/);
  expect(wrong({ vl: 1, vsd: 1, asr: 1 })).toThrow('there are no examples of "asr"');
  expect(wrong({ vl: 0, vsd: 0 })).toThrow('all are 0');
});

test('held-out batches have every example, and are full', () => {
  expect(heldOutBatches(4, 2)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(heldOutBatches(5, 2)).toEqual([
    [0, 1],
    [2, 3],
    [3, 4],
  ]);
  expect(heldOutBatches(2, 5)).toEqual([[0, 1, 0, 1, 0]]);
  expect(heldOutBatches(0, 2)).toEqual([]);
});

test('what is held out has defaults, and lies beside the config', () => {
  const { validation } = parseStageConfig(
    'stage2',
    { ...least, validation: { data: ['v.jsonl', { file: '/w.jsonl', task: 'vl' }] } },
    '/work',
  );
  expect(validation).toEqual({
    data: [{ file: '/work/v.jsonl' }, { file: '/w.jsonl', task: 'vl' }],
    every: 500,
    examples: 256,
    keep: 'last',
  });
});

test('a config may begin with a byte order mark; what is no JSON is not to be overwritten', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'x-llm-config-'));
  const file = join(folder, 'my.json');
  await writeFile(file, `\uFEFF${JSON.stringify(least)}`);
  expect((await readStageConfig('stage2', file)).bundle).toBe(join(folder, 'b'));
  await writeFile(file, '{"bundle": "b",}');
  await expect(readStageConfig('stage2', file)).rejects.toMatchObject({
    advice: 'A config is JSON: no comments, no commas at ends.',
  });
  await rm(folder, { recursive: true });
  await expect(readStageConfig('stage2', file)).rejects.toMatchObject({
    advice: expect.stringMatching(/> .*my/),
  });
});

test('changes of recordings: noises lie beside the config, and only where something is heard', () => {
  const noise = { files: ['street.wav'], snrDb: [0, 20] };
  const speech = { ...least, modality: 'speech' };
  const { augment } = parseStageConfig('stage2', { ...speech, augment: { copies: 3, noise } }, '/work');
  expect(augment).toEqual({ copies: 3, noise: { ...noise, files: ['/work/street.wav'], share: 0.5 } });
  const wrong =
    (settings: object, stage: 'stage1' | 'stage2' = 'stage2') =>
    () =>
      parseStageConfig(stage, settings, '/');
  expect(wrong({ ...least, augment: { noise } })).toThrow(/augment: .*stage2 for image hears none/);
  expect(wrong({ ...speech, augment: { copies: 2, noise } }, 'stage1')).toThrow(/augment.copies/);
  expect(wrong({ ...speech, augment: {} })).toThrow(/augment: expected speed, noise or specAugment/);
  expect(wrong({ ...speech, augment: { speed: [1.1, 0.9] } })).toThrow(
    /augment.speed: expected \[least, most\]/,
  );
  expect(wrong({ ...speech, augment: { speed: [0.1, 9] } })).toThrow(/augment.speed/);
  expect(wrong({ ...speech, augment: { noise: { ...noise, snrDb: [0] } } })).toThrow(/augment.noise.snrDb/);
});

test('the modality has to be one that the stage trains', () => {
  expect(() => parseStageConfig('stage1', { ...least, modality: 'video' }, '/')).toThrow(
    'config: modality: stage1 needs one of "image", "speech"',
  );
  const { modality: _, ...none } = least;
  expect(() => parseStageConfig('stage2', none, '/')).toThrow(/"image", "video", "speech"/);
  expect(() => parseStageConfig('stage3', least, '/')).toThrow(/stage3 trains all modalities/);
  expect(parseStageConfig('stage3', none, '/').stage).toBe('stage3');
});

test('every config that is printed is one that is taken', () => {
  for (const stage of stageNames) {
    const modalities = stageModalities[stage].length > 0 ? stageModalities[stage] : [undefined];
    for (const modality of modalities) {
      const example = exampleConfig(stage, modality);
      const parsed = parseStageConfig(stage, JSON.parse(JSON.stringify(example)), '/');
      expect(parsed).toMatchObject(stageDefaults(stage, modality).learningRate ? { stage } : {});
    }
  }
});
