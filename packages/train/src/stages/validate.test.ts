import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundle, openSafetensors } from '@x-llm/checkpoint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRunLog } from '../run-log.ts';
import { type StageConfig, stageDefaults } from './config.ts';
import { dryRunLines } from './dry-run.ts';
import { dryRunStage, runStage } from './run.ts';
import { line, names, openWorkshop, type Workshop } from './testing.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  const pictures = [0, 1, 2, 3].map((at) => line(at, { image: names.image(at) }));
  shop.data('some.jsonl', pictures.slice(0, 2));
  shop.data('others.jsonl', pictures.slice(2));
  const spoken = [0, 1, 2, 3].map((at) => line(at, { audio: names.audio(at) }));
  shop.data('mixed.jsonl', [...pictures.slice(0, 2), ...spoken.slice(0, 2)]);
  shop.data('mixed-others.jsonl', [...pictures.slice(2), ...spoken.slice(2)]);
});
afterAll(() => shop[Symbol.dispose]());

const silent = { write: () => {} };
const image = { modality: 'image', data: ['some.jsonl'] };
const heldOut = { data: ['others.jsonl'], every: 2 };

async function series(config: StageConfig, name: string): Promise<[number, number][]> {
  return ((await readRunLog(config.output)).get(name) ?? []).map(({ step, value }) => [step, value]);
}

async function notesOf(config: StageConfig): Promise<string> {
  const notes: string[] = [];
  await runStage(config, { write: (text) => notes.push(text) });
  return notes.join('\n');
}

describe('what is held out', () => {
  test('is looked at before the first step, every so many, and after the last; nothing is learnt from it', async () => {
    const settings = { ...image, steps: 5 };
    const plain = shop.config('stage2', { ...settings, output: 'plain' });
    const looked = shop.config('stage2', { ...settings, output: 'looked', validation: heldOut });
    await runStage(plain, silent);
    const notes = await notesOf(looked);
    expect(notes).toMatch(/2 × vl; held out: 2 × vl/);
    expect(notes).not.toMatch(/learnt from, too/);
    const evaluated = await series(looked, 'evaluation/loss');
    expect(evaluated.map(([step]) => step)).toEqual([0, 2, 4, 5]);
    expect(await series(looked, 'loss')).toEqual(await series(plain, 'loss'));
    // Before the first step the model says of what is held out what the bundle says.
    const [[, first = 0] = []] = evaluated;
    const learnt = shop.config('stage2', { ...image, data: ['others.jsonl'], steps: 1, output: 'learnt' });
    await runStage(learnt, silent);
    expect(first).toBeCloseTo((await series(learnt, 'loss'))[0]?.[1] ?? 0, 5);
  });

  test('by task where there are several, and so is what is learnt', async () => {
    const config = shop.config('stage3', {
      data: ['mixed.jsonl'],
      weights: { vl: 3, asr: 1 },
      steps: 4,
      logEvery: 4,
      output: 'mixed',
      validation: { data: ['mixed-others.jsonl'], every: 4 },
    });
    await runStage(config, silent);
    const log = await readRunLog(config.output);
    const last = (name: string) => log.get(name)?.at(-1)?.value ?? Number.NaN;
    const [seen, heard] = [last('evaluation/loss/vl'), last('evaluation/loss/asr')];
    expect(Math.abs(seen - heard)).toBeGreaterThan(1e-4);
    expect(last('evaluation/loss')).toBeCloseTo((3 * seen + heard) / 4, 9);
    // Of four batches three are of pictures.
    expect(last('loss')).toBeCloseTo((3 * last('loss/vl') + last('loss/asr')) / 4, 9);
  });

  test('changes of recordings are not for it', async () => {
    shop.data('voices.jsonl', [line(0, { audio: names.audio(0) }), line(1, { audio: names.audio(1) })]);
    shop.data('heard.jsonl', [line(2, { audio: names.audio(2) }), line(3, { audio: names.audio(3) })]);
    const config = (output: string, more: object) =>
      shop.config('stage2', {
        modality: 'speech',
        data: ['voices.jsonl'],
        steps: 1,
        output,
        validation: { data: ['heard.jsonl'], every: 1 },
        ...more,
      });
    const [as, changed] = [
      config('as-is', {}),
      config('changed', { augment: { speed: [0.8, 0.9], copies: 3 } }),
    ];
    await runStage(as, silent);
    await runStage(changed, silent);
    const [first, second] = [await series(as, 'evaluation/loss'), await series(changed, 'evaluation/loss')];
    expect(second[0]).toEqual(first[0]);
    expect((await series(changed, 'loss'))[0]).not.toEqual((await series(as, 'loss'))[0]);
  });

  test('is said to be learnt from where it is the same, under whatever name', async () => {
    writeFileSync(join(shop.folder, 'again.png'), readFileSync(join(shop.folder, names.image(0))));
    shop.data('leak.jsonl', [line(0, { image: 'again.png' }), line(3, { image: names.image(3) })]);
    const validation = { data: ['leak.jsonl'] };
    const notes = await notesOf(shop.config('stage2', { ...image, output: 'leak', validation }));
    expect(notes).toMatch(/1 of 2 media that are held out are learnt from, too.*\n.*again\.png/);
  });

  test('of a task that is not learnt, or of fewer than a batch in stage 1, is refused', async () => {
    const spoken = { ...image, output: 'refused', validation: { data: ['mixed-others.jsonl'] } };
    await expect(runStage(shop.config('stage2', spoken), silent)).rejects.toMatchObject({
      code: 'invalid_data',
      message: expect.stringContaining('held out have the task "asr"'),
    });
    shop.data('one.jsonl', [line(2, { image: names.image(2) })]);
    const first = {
      ...image,
      output: 'refused',
      textTokens: { cls: 1, sep: 2, decode: 3 },
      validation: { data: ['one.jsonl'] },
    };
    await expect(runStage(shop.config('stage1', first), silent)).rejects.toThrow(/1 examples are held out/);
  });

  test('is a few that lie evenly, if there are more than are asked for', async () => {
    const of = (examples: number) => ({ data: ['others.jsonl', 'some.jsonl'], every: 1, examples });
    const loss = async (output: string, validation: object) => {
      const config = shop.config('stage2', { ...image, steps: 1, output, validation });
      await runStage(config, silent);
      return (await series(config, 'evaluation/loss'))[0]?.[1] ?? 0;
    };
    shop.data('first-and-third.jsonl', [
      line(2, { image: names.image(2) }),
      line(0, { image: names.image(0) }),
    ]);
    const dry = await dryRunStage(shop.config('stage2', { ...image, validation: of(2) }), silent);
    expect(dry.heldOut).toMatchObject([{ task: 'vl', examples: 2 }]);
    expect(dryRunLines(dry).join('\n')).toMatch(/vl, held out +2 /);
    const two = await loss('evenly', of(2));
    expect(two).toBe(await loss('first-third', { data: ['first-and-third.jsonl'], every: 1 }));
    expect(two).not.toBe(await loss('all-four', of(4)));
  });

  test('is looked at to the end before a run has ended', async () => {
    const config = shop.config('stage2', {
      ...image,
      steps: 2,
      output: 'last-look',
      validation: { ...heldOut, every: 9, keep: 'best' },
    });
    const stop = new AbortController();
    const write = (text: string) => {
      if (text.startsWith('2/2  loss')) stop.abort(); // the last look comes next
    };
    expect(await runStage(config, { write, signal: stop.signal })).toEqual({ steps: 2, done: 2 });
    expect(await notesOf(config)).toMatch(/made of the weights of step 2/);
    expect((await series(config, 'evaluation/loss')).map(([step]) => step)).toEqual([0, 2]);
  });
});

describe('the best weights', () => {
  // A rate so high that what is held out gets worse again.
  const settings = { ...image, steps: 8, learningRate: { peak: 0.3, end: 0.3, start: 1e-3 } };
  const best = { ...heldOut, every: 1, keep: 'best' };

  test('make the bundle, if the config says so', async () => {
    const config = shop.config('stage2', {
      ...settings,
      output: 'best',
      validation: best,
      precision: 'float32',
    });
    const notes = await notesOf(config);
    const evaluated = (await series(config, 'evaluation/loss')).slice(1);
    const [step, loss] = evaluated.reduce((lowest, one) => (one[1] < lowest[1] ? one : lowest));
    expect(step).toBeLessThan(8); // or the test shows nothing
    expect(notes).toContain(
      `made of the weights of step ${step}, whose held-out loss was ${loss.toFixed(4)}`,
    );
    const short = shop.config('stage2', { ...settings, output: 'short', steps: 8, precision: 'float32' });
    const stop = new AbortController();
    const write = (text: string) => {
      if (text.startsWith(`${step}/`)) stop.abort();
    };
    await runStage(short, { write, signal: stop.signal });
    using there = await openSafetensors(
      join(short.output, `checkpoint-${String(step).padStart(7, '0')}.safetensors`),
    );
    using bundle = await openBundle(join(config.output, 'bundle'));
    const name = 'llm_proj.weight';
    expect(bundle.weights('image.safetensors').read(name)).toEqual(there.read(`image.safetensors.${name}`));
  });

  test('are those of the average, where there is one', async () => {
    const slow = { ...settings, average: 0.99, precision: 'float32', steps: 3 };
    const config = shop.config('stage2', { ...slow, output: 'average', validation: { ...best, every: 3 } });
    await runStage(config, silent);
    const other = shop.config('stage2', { ...slow, output: 'average-last' });
    await runStage(other, silent);
    const weights = async ({ output }: StageConfig) => {
      using bundle = await openBundle(join(output, 'bundle'));
      return bundle.weights('image.safetensors').read('llm_proj.weight');
    };
    expect(await weights(config)).toEqual(await weights(other));
    expect(await series(config, 'loss')).toEqual(await series(other, 'loss'));
  });

  test('are not compared with those of other examples', async () => {
    const first = { ...settings, steps: 3, output: 'other-held-out' };
    const config = shop.config('stage2', { ...first, validation: best });
    await runStage(config, silent);
    const path = join(config.output, 'best.safetensors');
    const before = readFileSync(path);
    // Of examples that are learnt from the loss is another; whether it is lower does not matter.
    const other = { ...best, data: ['some.jsonl'] };
    expect(await notesOf(shop.config('stage2', { ...first, validation: other }))).toMatch(
      /no weights were kept by what is held out/,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('are the last ones for a run that has kept none', async () => {
    const plain = { ...settings, output: 'none-kept' };
    await runStage(shop.config('stage2', plain), silent);
    const late = shop.config('stage2', { ...plain, validation: { ...best, every: 500 } });
    expect(await notesOf(late)).toMatch(/made of the weights of step 8/); // looked at where it ended
    rmSync(join(late.output, 'best.safetensors'));
    expect(await notesOf(late)).toMatch(/no weights were kept by what is held out/);
  });
});

test('a run that was stopped while it looked looks again, and chooses as one that was not', async () => {
  const settings = {
    ...image,
    steps: 4,
    checkpointEvery: 1,
    validation: { ...heldOut, every: 2, keep: 'best' },
  };
  const whole = shop.config('stage2', { ...settings, output: 'looked-whole' });
  await runStage(whole, silent);
  const parts = shop.config('stage2', { ...settings, output: 'looked-parts' });
  const stop = new AbortController();
  const write = (text: string) => {
    if (text.startsWith('2/4  loss')) stop.abort(); // the look at step 2 comes next
  };
  expect(await runStage(parts, { write, signal: stop.signal })).toEqual({ steps: 4, done: 2 });
  expect((await series(parts, 'evaluation/loss')).map(([step]) => step)).toEqual([0]);
  await runStage(parts, silent);
  expect(await series(parts, 'evaluation/loss')).toEqual(await series(whole, 'evaluation/loss'));
  using chosen = await openSafetensors(join(parts.output, 'best.safetensors'));
  using wanted = await openSafetensors(join(whole.output, 'best.safetensors'));
  expect(chosen.metadata).toEqual(wanted.metadata);
});

describe('a run that is there', () => {
  test('goes on where its folder, its data and its bundle were moved', async () => {
    const settings = { ...image, steps: 4, output: 'moving/run' };
    const stop = new AbortController();
    const write = (text: string) => {
      if (text.startsWith('2/4')) stop.abort();
    };
    mkdirSync(join(shop.folder, 'moving'));
    await runStage(shop.config('stage2', settings), { write, signal: stop.signal });
    renameSync(join(shop.folder, 'moving'), join(shop.folder, 'moved'));
    await cp(join(shop.folder, 'bundle'), join(shop.folder, 'bundle-moved'), { recursive: true });
    shop.data(
      'moved.jsonl',
      [0, 1].map((at) => line(at, { image: names.image(at) })),
    );
    const moved = { ...settings, data: ['moved.jsonl'], output: 'moved/run', bundle: 'bundle-moved' };
    const config = shop.config('stage2', moved);
    expect(await runStage(config, { ...silent, resume: true })).toMatchObject({ done: 4 });
    expect((await series(config, 'loss')).map(([step]) => step)).toEqual([1, 2, 3, 4]);
    await expect(
      runStage(shop.config('stage2', { ...moved, data: ['moved.jsonl', 'others.jsonl'] }), silent),
    ).rejects.toThrow('it learns from 1 files, this one from 2');
  });

  test('is refused when a picture has changed since', async () => {
    writeFileSync(join(shop.folder, 'changing.png'), readFileSync(join(shop.folder, names.image(0))));
    shop.data('of-changing.jsonl', [line(0, { image: 'changing.png' })]);
    const config = shop.config('stage2', {
      ...image,
      data: ['of-changing.jsonl'],
      steps: 1,
      output: 'changing',
    });
    await runStage(config, silent);
    writeFileSync(join(shop.folder, 'changing.png'), readFileSync(join(shop.folder, names.image(1))));
    await expect(runStage(config, silent)).rejects.toThrow(
      'pictures, recordings or videos that it learns from have changed',
    );
  });

  test('has a bundle that the next stage begins with, by the folder of the run', async () => {
    const first = shop.config('stage2', { ...image, steps: 1, output: 'first' });
    await runStage(first, silent);
    const next = shop.config('stage2', { ...image, steps: 1, output: 'next', bundle: 'first' });
    expect(await runStage(next, silent)).toMatchObject({ done: 1 });
    using bundle = await openBundle(join(next.output, 'bundle'));
    expect(bundle.manifest.name).toBe('random-model-stage2-image-stage2-image');
  });

  test('is made longer, not shorter', async () => {
    const config = (steps: number) => shop.config('stage2', { ...image, steps, output: 'longer' });
    await runStage(config(2), silent);
    const notes = await notesOf(config(5));
    expect(notes).toMatch(/made longer: 2 steps before, 5 now/);
    expect((await series(config(5), 'loss')).map(([step]) => step)).toEqual([1, 2, 3, 4, 5]);
    const record = JSON.parse(readFileSync(join(shop.folder, 'longer', 'run.json'), 'utf8'));
    expect(record).toMatchObject({ steps: 5, lengths: [2], version: '0.1.0', config: { steps: 5 } });
    await expect(runStage(config(3), silent)).rejects.toThrow('it has 5 steps, this one 3');
  });
});

test('the paper’s settings have nothing held out', () => {
  expect(stageDefaults('stage3')).not.toHaveProperty('validation');
});
