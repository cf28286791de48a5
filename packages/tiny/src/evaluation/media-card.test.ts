import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ablationOf, ablationRows, ablationSchema } from './ablation.ts';
import { alignmentChart } from './alignment-chart.ts';
import { mediaSections } from './media-card.ts';
import { motionSheet } from './motion-sheet.ts';
import { noiseChart } from './noise-chart.ts';
import { wilson } from './proportion.ts';
import type { EvaluationReport } from './report.ts';
import type { SpeechReport } from './speech/report.ts';
import type { EventScore } from './video/report.ts';

const rate = (value: number) => ({
  ...{ rate: value, low: value / 2, high: 1.5 * value, utterances: 40 },
  ...{ substitutions: 1, insertions: 2, deletions: 3, length: 100 },
});
const gain = { audio: rate(0.4), picture: rate(0.3), reduction: { reduction: 0.25, low: 0.1, high: 0.4 } };
const transcripts = (value: number) => ({
  en: { cer: rate(value), wer: rate(2 * value) },
  zh: { cer: rate(3 * value) },
  byEngine: { 'flite en': rate(value) },
  byVoice: { 'flite:slt': rate(value) },
});
const questions = { all: { ...wilson(6, 10), accuracy: 0.6 }, types: {} };
const speech: SpeechReport = {
  normalisation: 'as it is',
  heldOut: transcripts(0.05),
  heard: transcripts(0.02),
  choosing: transcripts(0.07),
  noise: [20, 0].flatMap((snrDb) =>
    (['babble', 'pink'] as const).map((kind) => ({ kind, snrDb, en: rate(0.1), zh: rate(0.2) })),
  ),
  withPicture: [10, 0].map((snrDb) => ({ snrDb, all: gain, en: gain, zh: { ...gain, reduction: null } })),
  questions: { typed: questions, spoken: questions, prompted: questions },
  alignments: [],
  mistakes: [],
};
const event = (correct: number): EventScore => {
  const share = wilson(correct, 10);
  return { motion: share, thing: share, both: share };
};
const clips = {
  ...{ clips: 5, all: event(7), en: event(6), zh: event(5), byMotion: { grow: event(4) } },
  ...{ confusion: { grow: { grow: 4, none: 6 } }, chance: { motion: 0.1, thing: 0.001, both: 0.0001 } },
  questions: {},
};
const score = (relative: number | null) => ({
  ...{ count: 9, media: 0.8, caption: 0.9 },
  ...{ relative, low: relative && relative - 0.05, high: relative && relative + 0.05 },
});
const report: EvaluationReport = {
  ...{ format: 1, model: { id: 'm', imageSize: 48 }, things: 861 },
  settings: { seed: 1, quick: false, limit: null },
  speech,
  video: { frames: 8, heldOut: clips, seen: clips },
  relative: {
    overall: score(0.88),
    groups: { conversation: score(0.9), detail: score(0.8), reasoning: score(null) },
    sources: { pictures: score(0.88) },
    types: {},
  },
  relativeSeen: {
    overall: score(0.7),
    groups: { conversation: score(0.9), detail: score(0.5), reasoning: score(0.6) },
    sources: {},
    types: {},
  },
};

describe('sections of the card', () => {
  it('are there for what was measured', () => {
    const { speech: _, ...silent } = report;
    expect(mediaSections(silent, {}, undefined).join('\n')).not.toContain('hears');
    const { format, model, things, settings } = report;
    expect(mediaSections({ format, model, things, settings }, {}, undefined)).toEqual([]);
  });

  it('say numbers, intervals and whether goals are met', () => {
    const card = mediaSections(report, { noise: 'n.png', alignments: ['a.png'] }, undefined).join('\n\n');
    expect(card).toContain(
      '| voices it never heard | 5 % (3 %–8 %) ✓ | 10 % (5 %–15 %) | 15 % (8 %–23 %) ✗ |',
    );
    expect(card).toContain('| 0 dB | 40 % (20 %–60 %) | 30 % (15 %–45 %) | 25 % (10 %–40 %) ✓ |');
    expect(card).toContain('| 10 dB | 40 % (20 %–60 %) | 30 % (15 %–45 %) | 25 % (10 %–40 %) | ');
    expect(card).toMatch(/right in 60 % of the answers about the style it never saw: ✓/);
    expect(card).toContain('in the style it never saw: ✓.');
    expect(card).toContain('it never saw: ✗.');
    expect(card).toContain('| **over all** | 80.0 % | 90.0 % | 70 % (65 %–75 %) | 9 |');
    expect(card).toContain('| reasoning | 80.0 % | 90.0 % | – | 9 |');
    expect(card).toContain('![Errors in noise, and with the picture of what is said](n.png)');
    expect(card).not.toMatch(/undefined|NaN|\[object/);
  });

  it('have tables that are as wide as their header', () => {
    const ablation = ablationOf([{ name: 'full', report }]);
    for (const block of mediaSections(report, {}, ablation).filter((section) => section.startsWith('|'))) {
      expect(new Set(block.split('\n').map((line) => line.split('|').length)).size).toBe(1);
    }
  });
});

describe('ablation', () => {
  const { speech: _, ...silent } = report;
  const ablation = ablationOf([
    { name: 'full', report },
    { name: 'without-stage1', report: silent },
  ]);

  it('puts the same number of each model in a row, and leaves out what was not measured', () => {
    const rows = ablationRows(ablation);
    const row = (label: string) => rows.find((one) => one.label === label)?.numbers;
    expect(row('CER at 0 dB, with the picture')).toEqual([
      {
        label: 'CER at 0 dB, with the picture',
        value: 0.3,
        low: 0.15,
        high: expect.closeTo(0.45),
        less: true,
      },
      undefined,
    ]);
    expect(row('clips: motion and thing')?.map((one) => one?.value)).toEqual([0.7, 0.7]);
    expect(row('relative score, reasoning')).toBeUndefined();
    expect(row('relative score')?.[1]).toMatchObject({ value: 0.88, less: false });
  });

  it('comes back from JSON as it was, with what somebody wrote about it, which the card repeats', () => {
    expect(ablationSchema.parse(JSON.parse(JSON.stringify(ablation)))).toEqual(ablation);
    const about = 'All of them learnt for 400 updates.';
    const told = ablationSchema.parse({ ...JSON.parse(JSON.stringify(ablation)), about });
    expect(mediaSections(report, {}, told)).toContain(about);
    expect(mediaSections(report, {}, ablation)).not.toContain(about);
  });
});

describe('pictures', () => {
  const size = async (png: Uint8Array) => {
    const { format, width, height } = await sharp(png).metadata();
    return { format, width, height };
  };

  it('draws motions as a table of eleven rows and twelve columns', async () => {
    expect(await size(await motionSheet(clips.confusion))).toEqual({
      format: 'png',
      width: 2 * (110 + 12 * 44 + 48),
      height: 2 * (128 + 11 * 44 + 16),
    });
  });

  it('draws errors in noise, also when nothing was measured', async () => {
    const chart = await size(await noiseChart(speech));
    expect(chart.format).toBe('png');
    expect(await size(await noiseChart({ ...speech, noise: [], withPicture: [] }))).toEqual(chart);
  });

  it('draws tokens over the spectrogram, whatever is in them', async () => {
    const wave = Float32Array.from({ length: 16_000 }, (_, at) => 0.3 * Math.sin(at / (4 + at / 4000)));
    const tokens = ['a<b', ' ', '&"'].map((text, n) => ({
      text,
      startSeconds: n / 4,
      endSeconds: (n + 1) / 4,
    }));
    const alignment = {
      text: 'A & b.',
      language: 'en' as const,
      voice: 'v',
      seed: 1,
      transcript: 'a<b &"',
      tokens,
    };
    const { data, info } = await sharp(await alignmentChart(alignment, wave))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(1640);
    // A white line ends the first firing, a quarter of the way; beside it is the spectrogram.
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ];
    const [x, y] = [2 * (16 + (820 - 32) / 4), 2 * 80];
    expect(Math.min(...at(Math.round(x), y))).toBeGreaterThan(180);
    expect(Math.min(...at(Math.round(x) + 40, y))).toBeLessThan(150);
  });

  it('needs no more than a breath of sound', async () => {
    const alignment = { text: 'x', language: 'en' as const, voice: 'v', seed: 1, transcript: '', tokens: [] };
    expect((await size(await alignmentChart(alignment, new Float32Array(800)))).format).toBe('png');
  });
});
