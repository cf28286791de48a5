import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBundle } from '@x-llm/checkpoint';
import { loadEngine } from '@x-llm/engine';
import { composeBundle } from '@x-llm/engine/compose';
import { ask, film, picture, voice, writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TrainError } from '../error.ts';
import { readRunLog } from '../run-log.ts';
import type { StageConfig } from './config.ts';
import { dryRunStage, runStage } from './run.ts';
import { line, names, openWorkshop, type Workshop } from './testing.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  const all = [0, 1, 2, 3];
  shop.data(
    'pictures.jsonl',
    all.map((at) => line(at, { image: names.image(at) })),
  );
  shop.data(
    'speech.jsonl',
    all.map((at) => line(at, { audio: names.audio(at) })),
  );
  shop.data(
    'films.jsonl',
    all.map((at) => line(at, { video: names.video(at) })),
  );
  shop.data('mixed.jsonl', [
    ...all.map((at) => line(at, { image: names.image(at) }, 'vl')),
    ...all.map((at) => line(at, { audio: names.audio(at) }, 'asr')),
    ...all.map((at) => line(at, { image: names.image(at), audio: names.audio(3 - at) }, 'vsd')),
    ...all.map((at) => line(at, { video: names.video(at) }, 'video')),
  ]);
});
afterAll(() => shop[Symbol.dispose]());

const silent = { write: () => {} };

/** Names of the tensors of the bundles' files that are not the same in both. */
async function changes(before: string, after: string): Promise<string[]> {
  using old = await openBundle(before);
  using fresh = await openBundle(after);
  const changed: string[] = [];
  for (const file of Object.keys(fresh.manifest.files).filter((name) => name.endsWith('.safetensors'))) {
    for (const name of fresh.weights(file).tensors.keys()) {
      const [a, b] = [old.weights(file).read(name), fresh.weights(file).read(name)];
      if (Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) !== 0) changed.push(`${file}:${name}`);
    }
    expect([...fresh.weights(file).tensors.keys()]).toEqual([...old.weights(file).tensors.keys()]);
  }
  return changed;
}

async function losses(config: StageConfig): Promise<number[]> {
  return ((await readRunLog(config.output)).get('loss') ?? []).map(({ value }) => value);
}

/** Learning the same few answers must get easier. */
async function trained(config: StageConfig): Promise<{ changed: string[]; bundle: string }> {
  const { bundle = '', done, steps } = await runStage(config, silent);
  expect(done).toBe(steps);
  const [first = 0, ...rest] = await losses(config);
  expect(rest.at(-1)).toBeLessThan(first);
  return { changed: await changes(config.bundle, bundle), bundle };
}

const isOf =
  (...patterns: RegExp[]) =>
  (name: string) =>
    patterns.some((pattern) => pattern.test(name));

describe('stage 2', () => {
  test('for pictures: Q-Former and adapter learn, and the engine answers with them', async () => {
    const settings = { modality: 'image', data: ['pictures.jsonl'], output: 'run-image', steps: 6, batch: 4 };
    const { changed, bundle } = await trained(shop.config('stage2', settings));
    expect(changed).toContain('image.safetensors:query_tokens');
    expect(changed).toContain('image.safetensors:llm_proj.weight');
    expect(changed.every(isOf(/^image\.safetensors:(Qformer|query_tokens|llm_proj)/))).toBe(true);
    const engine = await loadEngine(bundle, { threads: 1 });
    const { start } = await ask(engine, 'what is this?', { images: [picture(1, 16)], maxTokens: 4 });
    expect(start.imageTokens).toBe(4);
    await engine.close();
    expect(engine.model.id).toBe('random-model-stage2-image');
  });

  test('for pictures, through a language model in 4 bits: it stays as it is, and gradients go through it', async () => {
    const quantization = { bits: 4, blockSize: 32 } as const;
    await writeRandomBundle(join(shop.folder, 'few-bits'), { quantization });
    const settings = {
      bundle: 'few-bits',
      modality: 'image',
      data: ['pictures.jsonl'],
      output: 'run-few-bits',
    };
    const config = shop.config('stage2', { ...settings, steps: 6, batch: 4 });
    const { changed } = await trained(config);
    expect(changed).toContain('image.safetensors:llm_proj.weight');
    expect(changed.every(isOf(/^image\.safetensors:/))).toBe(true);
    const whole = shop.config('stage2', { ...settings, bundle: 'bundle', batch: 4 });
    const { parameters } = await dryRunStage(whole, silent);
    expect((await dryRunStage(config, silent)).parameters).toBe(parameters);
  });

  test('for pictures, with an encoder in 8 bits: it looks as it is, and is not changed', async () => {
    const [from, to] = [join(shop.folder, 'bundle'), join(shop.folder, 'few-encoders')];
    const quantizeEncoders = { bits: 8, blockSize: 16 } as const;
    const parts = { llm: from, image: from, speech: from };
    await composeBundle({ name: 'few-encoders', to, parts, quantizeEncoders });
    const settings = { bundle: 'few-encoders', modality: 'image', data: ['pictures.jsonl'] };
    const { changed } = await trained(
      shop.config('stage2', { ...settings, output: 'run-few-encoders', steps: 6, batch: 4 }),
    );
    expect(changed).toContain('image.safetensors:llm_proj.weight');
    expect(changed.every(isOf(/^image\.safetensors:(Qformer|query_tokens|llm_proj)/))).toBe(true);

    const speech = {
      bundle: 'few-encoders',
      modality: 'speech',
      data: ['speech.jsonl'],
      output: 'run-few-1s',
    };
    await expect(runStage(shop.config('stage1', speech), silent)).rejects.toMatchObject({
      code: 'invalid_bundle',
      message: expect.stringMatching(/encoder\..* is quantised, and numbers of few bits do not learn/),
      advice: expect.stringMatching(/--quantize-encoders none/),
    });
  });

  test('for pictures, through GLM: it stays as it is, and the engine answers', async () => {
    await writeRandomBundle(join(shop.folder, 'glm'), { architecture: 'glm', maxPositions: 160 });
    const settings = { bundle: 'glm', modality: 'image', data: ['pictures.jsonl'], output: 'run-glm' };
    const { changed, bundle } = await trained(shop.config('stage2', { ...settings, steps: 6, batch: 4 }));
    expect(changed).toContain('image.safetensors:llm_proj.weight');
    expect(changed.every(isOf(/^image\.safetensors:/))).toBe(true);
    const engine = await loadEngine(bundle, { threads: 1 });
    const { start } = await ask(engine, 'what is this?', { images: [picture(1, 16)], maxTokens: 4 });
    expect(start.imageTokens).toBe(4);
    await engine.close();
  });

  test('for speech: C-Former and adapter learn', async () => {
    const settings = { modality: 'speech', data: ['speech.jsonl'], output: 'run-speech', steps: 5, batch: 4 };
    const { changed, bundle } = await trained(shop.config('stage2', settings));
    expect(changed).toContain('speech.safetensors:post_bert_proj.weight');
    expect(changed).toContain('speech.safetensors:pre_bert_proj.weight');
    expect(changed.some(isOf(/encoder_layers|cif\./))).toBe(false);
    const engine = await loadEngine(bundle, { threads: 1 });
    const { start } = await ask(engine, 'what?', { speech: [voice(1, 1)], maxTokens: 4 });
    expect(start.speechTokens).toBeGreaterThan(0);
    await engine.close();
  });

  test('for speech with Paraformer: C-Former and adapter learn, the encoder stays and needs no stage 1', async () => {
    await writeRandomBundle(join(shop.folder, 'paraformer'), { image: false, speech: 'paraformer' });
    const settings = { bundle: 'paraformer', modality: 'speech', data: ['speech.jsonl'], output: 'run-para' };
    const { changed } = await trained(shop.config('stage2', { ...settings, steps: 5, batch: 4 }));
    expect(changed).toContain('speech.safetensors:post_bert_proj.weight');
    expect(changed).toContain('speech.safetensors:pre_bert_proj.weight');
    expect(changed.every((name) => name.startsWith('speech.safetensors:'))).toBe(true);
    const first = shop.config('stage1', { ...settings, output: 'run-para-1' });
    await expect(runStage(first, silent)).rejects.toMatchObject({
      code: 'invalid_bundle',
      message: expect.stringMatching(/encoder is a paraformer, which has been taught/),
    });
  });

  test('for video: its queries and its adapter learn, the Q-Former does not', async () => {
    const settings = { modality: 'video', data: ['films.jsonl'], output: 'run-video', steps: 5, batch: 4 };
    const { changed, bundle } = await trained(shop.config('stage2', settings));
    expect(changed.sort()).toEqual([
      'video.safetensors:video_proj.bias',
      'video.safetensors:video_proj.weight',
      'video.safetensors:video_query_tokens',
    ]);
    const engine = await loadEngine(bundle, { threads: 1 });
    const { start } = await ask(engine, 'what?', { videos: [film([1, 2], 16)], maxTokens: 4 });
    expect(start.videoTokens).toBe(8);
    await engine.close();
  });
});

describe('recordings that are changed', () => {
  const augment = {
    speed: [0.9, 1.1],
    noise: { files: ['voice-3.wav'], snrDb: [5, 20], share: 1 },
    specAugment: true,
  };
  const settings = { modality: 'speech', data: ['speech.jsonl'], steps: 5, batch: 4, cache: 'cache-changed' };
  const kept = () =>
    readdirSync(join(shop.folder, 'cache-changed'), { recursive: true }).filter((name) =>
      String(name).endsWith('.bin'),
    ).length;

  test('are encoded once for every copy, and the run can be repeated', async () => {
    const runs = ['run-changed-1', 'run-changed-2'].map((output) =>
      shop.config('stage2', { ...settings, output, augment: { ...augment, copies: 3 } }),
    );
    const [first, second] = runs as [StageConfig, StageConfig];
    await runStage(first, silent); // five steps on other recordings each: too few for the loss to tell
    expect(kept()).toBe(3 * 4);
    await runStage(second, silent);
    expect(kept()).toBe(3 * 4);
    expect(await losses(second)).toEqual(await losses(first));
    const plain = shop.config('stage2', { ...settings, output: 'run-changed-3' });
    await runStage(plain, silent);
    expect(kept()).toBe(3 * 4); // the copy that is as it is
    expect(await losses(plain)).not.toEqual(await losses(first));
  });

  test('in stage 1 change every time', async () => {
    const run = (output: string, changes?: object) =>
      shop.config('stage1', {
        ...settings,
        output,
        data: ['letters.jsonl'],
        ...(changes ? { augment: changes } : {}),
      });
    shop.data(
      'letters.jsonl',
      [0, 1, 2, 3].map((at) => ({
        audio: names.audio(at),
        messages: [
          { role: 'user', content: '' },
          { role: 'assistant', content: 'abcd'[at] },
        ],
      })),
    );
    await runStage(run('run-changed-4', augment), silent);
    await runStage(run('run-changed-5', augment), silent);
    await runStage(run('run-changed-6'), silent);
    const changed = await losses(run('run-changed-4', augment));
    expect(changed).toHaveLength(5);
    expect(await losses(run('run-changed-5', augment))).toEqual(changed);
    expect(await losses(run('run-changed-6'))).not.toEqual(changed);
  });

  test('a noise that cannot be read is named', async () => {
    writeFileSync(join(shop.folder, 'broken.wav'), 'no sound');
    const noise = { files: ['broken.wav'], snrDb: [0, 10] };
    const config = shop.config('stage2', { ...settings, output: 'run-changed-7', augment: { noise } });
    await expect(runStage(config, silent)).rejects.toThrow(/augment.noise: .*broken.wav/);
  });
});

test('stage 3 mixes tasks by weight, and only adapters and queries learn', async () => {
  const config = shop.config('stage3', {
    data: ['mixed.jsonl'],
    output: 'run-3',
    steps: 4,
    accumulate: 2,
    weights: { vl: 1, asr: 1, vsd: 1, video: 1 },
  });
  const { bundle = '' } = await runStage(config, silent);
  expect((await changes(config.bundle, bundle)).sort()).toEqual([
    'image.safetensors:llm_proj.bias',
    'image.safetensors:llm_proj.weight',
    'image.safetensors:query_tokens',
    'speech.safetensors:post_bert_proj.bias',
    'speech.safetensors:post_bert_proj.weight',
    'video.safetensors:video_proj.bias',
    'video.safetensors:video_proj.weight',
    'video.safetensors:video_query_tokens',
  ]);
});

describe('stage 1', () => {
  const textTokens = { cls: 1, sep: 2, decode: 3 };

  test('for pictures: the Q-Former learns from ITC, ITM and ITG', async () => {
    const settings = {
      modality: 'image',
      data: ['pictures.jsonl'],
      output: 'run-1i',
      steps: 6,
      batch: 4,
      textTokens,
    };
    const { changed } = await trained(shop.config('stage1', settings));
    expect(changed).toContain('image.safetensors:query_tokens');
    expect(changed.every(isOf(/^image\.safetensors:(Qformer|query_tokens)/))).toBe(true);
    const log = await readRunLog(join(shop.folder, 'run-1i'));
    expect([...log.keys()]).toEqual(expect.arrayContaining(['itc', 'itm', 'itg']));
  });

  test('for pictures: a tokenizer without the tokens, and too few examples, are refused', async () => {
    const settings = { modality: 'image', data: ['pictures.jsonl'], output: 'run-1x', batch: 4 };
    await expect(runStage(shop.config('stage1', settings), silent)).rejects.toThrow(/no \[CLS\]/);
    const large = { ...settings, batch: 5, textTokens };
    await expect(runStage(shop.config('stage1', large), silent)).rejects.toThrow(/4 examples, "batch" is 5/);
  });

  test('for speech: encoder and CIF learn from texts that fit their recordings', async () => {
    shop.data(
      'short.jsonl',
      [0, 1, 2, 3].map((at) => ({
        ...line(at, { audio: names.audio(at) }),
        messages: [
          { role: 'user', content: '' },
          { role: 'assistant', content: ['a', 'b', 'c', 'd'][at] },
        ],
      })),
    );
    const settings = { modality: 'speech', data: ['short.jsonl'], output: 'run-1s', steps: 6 };
    const { changed } = await trained(shop.config('stage1', settings));
    expect(changed).toContain('speech.safetensors:cif.conv.weight');
    expect(changed.some(isOf(/bert/))).toBe(false);
    const log = await readRunLog(join(shop.folder, 'run-1s'));
    expect([...log.keys()]).toEqual(expect.arrayContaining(['quantity', 'ctc', 'accuracy']));
  });
});

describe('a run', () => {
  test('has its config, its data and its versions on record, curves, and events for TensorBoard', async () => {
    const config = shop.config('stage2', {
      modality: 'image',
      data: ['pictures.jsonl'],
      output: 'run-files',
    });
    await runStage(config, silent);
    const files = readdirSync(config.output).map((name) => name.replace(/\d{7,}/, 'N'));
    expect(files.sort()).toEqual([
      'bundle',
      'checkpoint-N.safetensors',
      'curve.png',
      'events.out.tfevents.N.xllm',
      'log.csv',
      'run.json',
    ]);
    const record = JSON.parse(readFileSync(join(config.output, 'run.json'), 'utf8'));
    expect(record).toMatchObject({ steps: 3, version: '0.1.0', bundle: { name: 'random-model' } });
    expect(record.config).toMatchObject({ seed: 42, batch: 2, maxAnswerTokens: 200 });
    expect(record.data[0].lines).toBe(4);
  });

  test('that was stopped goes on to the same weights, and is not another one', async () => {
    const settings = { modality: 'image', data: ['pictures.jsonl'], steps: 6, checkpointEvery: 2 };
    const whole = shop.config('stage2', { ...settings, output: 'run-whole' });
    const parts = shop.config('stage2', { ...settings, output: 'run-parts' });
    await runStage(whole, silent);
    const stop = new AbortController();
    const write = (text: string) => {
      if (text.startsWith('3/')) stop.abort();
    };
    const first = await runStage(parts, { write, signal: stop.signal });
    expect(first).toEqual({ steps: 6, done: 3 });
    await runStage(parts, { ...silent, resume: true });
    expect(await losses(parts)).toEqual(await losses(whole));
    expect(await changes(join(whole.output, 'bundle'), join(parts.output, 'bundle'))).toEqual([]);

    const other = shop.config('stage2', { ...settings, output: 'run-parts', batch: 4 });
    await expect(runStage(other, silent)).rejects.toThrow('run-parts is of another run: batch was 2, is 4.');
    rmSync(join(parts.output, 'run.json'));
    await expect(runStage(other, silent)).rejects.toThrow(
      'it has checkpoints, and no run.json to say of what',
    );
    shop.data('changing.jsonl', [line(0, { image: names.image(0) })]);
    const changing = shop.config('stage2', { ...settings, data: ['changing.jsonl'], output: 'run-changing' });
    await runStage(changing, silent);
    shop.data('changing.jsonl', [line(1, { image: names.image(0) })]);
    await expect(runStage(changing, silent)).rejects.toThrow(/changing\.jsonl has changed/);
  });

  test('that is not there cannot be resumed', async () => {
    const config = shop.config('stage2', { modality: 'image', data: ['pictures.jsonl'], output: 'nowhere' });
    await expect(runStage(config, { ...silent, resume: true })).rejects.toMatchObject({
      code: 'nothing_to_resume',
    });
  });

  test('that is dry says what it would take, and leaves no run folder', async () => {
    const config = shop.config('stage3', {
      data: ['mixed.jsonl'],
      output: 'run-dry',
      steps: 10,
      accumulate: 2,
    });
    const dry = await dryRunStage(config, silent);
    expect(dry.tasks.map(({ task, examples }) => [task, examples])).toEqual([
      ['vl', 4],
      ['asr', 4],
      ['vsd', 4],
      ['video', 4],
    ]);
    // 2 × 64 × 32 and 3 × 64 of the adapters, 2 × 4 × 32 of the queries.
    expect(dry.parameters).toBe(3 * (64 * 32 + 64) + 2 * 4 * 32);
    expect(dry.seconds).toBeCloseTo(10 * dry.secondsPerStep, 9);
    expect(dry.heldOut).toEqual([]);
    expect(dry.memory.checkpointBytes).toBe(3 * 4 * dry.parameters);
    expect(readdirSync(shop.folder)).not.toContain('run-dry');
  });
});

test('features are encoded once, and a damaged file of the cache is made again', async () => {
  const settings = { modality: 'image', data: ['pictures.jsonl'], cache: 'cache-own' };
  await runStage(shop.config('stage2', { ...settings, output: 'run-c1' }), silent);
  const cache = join(shop.folder, 'cache-own');
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.bin'),
  );
  expect(files).toHaveLength(4);
  const [first = ''] = files;
  const sound = readFileSync(join(cache, first));
  const damaged = Buffer.from(sound);
  damaged[40] = (damaged[40] ?? 0) ^ 1;
  writeFileSync(join(cache, first), damaged);
  const config = shop.config('stage2', { ...settings, output: 'run-c2' });
  await runStage(config, silent);
  expect(readFileSync(join(cache, first)).equals(sound)).toBe(true);
  expect(await losses(config)).toEqual(
    await losses(shop.config('stage2', { ...settings, output: 'run-c1' })),
  );
});

describe('what cannot be used', () => {
  const run = async (lines: readonly unknown[], settings: Readonly<Record<string, unknown>> = {}) => {
    const notes: string[] = [];
    const data = [shop.data('bad.jsonl', lines)];
    rmSync(join(shop.folder, 'run-bad'), { recursive: true, force: true });
    const config = shop.config('stage2', {
      modality: 'image',
      data,
      output: 'run-bad',
      steps: 1,
      ...settings,
    });
    const outcome = await runStage(config, { write: (text) => notes.push(text) }).catch(
      (error: TrainError) => error,
    );
    return { outcome, notes: notes.join('\n') };
  };
  const good = line(0, { image: names.image(0) });

  test('a picture that cannot be read is named and left out, or refused', async () => {
    writeFileSync(join(shop.folder, 'broken.png'), 'no picture');
    const lines = [good, line(1, { image: 'broken.png' })];
    const { outcome, notes } = await run(lines);
    expect(outcome).toMatchObject({ done: 1 });
    expect(notes).toMatch(/left out:\n.*bad\.jsonl:2: .*broken\.png: /);
    const refused = await run(lines, { unreadable: 'refuse' });
    expect(refused.outcome).toMatchObject({ code: 'unreadable_media' });
  });

  test('an answer that does not fit is left out, cut, or refused', async () => {
    const long = {
      ...good,
      messages: [good.messages[0], { role: 'assistant', content: 'cat '.repeat(100) }],
    };
    const { notes } = await run([good, long]);
    expect(notes).toMatch(
      /do not fit.*left out:\n.*bad\.jsonl:2: the answer has 301 tokens, "maxAnswerTokens" is 200/,
    );
    expect((await run([good, long], { tooLong: 'refuse' })).outcome).toMatchObject({ code: 'does_not_fit' });
    const cut = await run([long], { tooLong: 'cut', maxAnswerTokens: 10 });
    expect(cut.outcome).toMatchObject({ done: 1 });
    const roomy = await run([good, long], { maxAnswerTokens: 1000 });
    expect(roomy.notes).toMatch(
      /bad\.jsonl:2: media, question and answer have \d+ positions; the language model has 160/,
    );
    const none = await run([long]);
    expect(none.outcome).toMatchObject({ code: 'empty_data' });
  });

  test('a task that the interface cannot learn from', async () => {
    const { outcome } = await run([line(0, { audio: names.audio(0) })]);
    expect(outcome).toBeInstanceOf(TrainError);
    expect(outcome).toMatchObject({ code: 'invalid_data', message: expect.stringContaining('"asr"') });
  });
});
