import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type StricliProcess } from '@stricli/core';
import { ablationOf, type EvaluationReport, type FolderReport } from '@x-llm/tiny/evaluation';
import { describe, expect, test } from 'vitest';
import { app } from './app.ts';
import { readAblation } from './eval/ablation.ts';
import { ablationTable } from './eval/media-tables.ts';
import { folderTable, reportTable } from './eval/table.ts';
import { createProgress } from './progress.ts';

const score = (correct: number, count: number) => ({
  ...{ count, correct, low: 0.25, high: 0.75, top1: correct / count },
  ...{ sameSubcategory: 0, notAName: 0 },
});
const names = {
  ...{ styles: ['new-style'], pictures: 4, en: score(2, 4), zh: score(1, 4), mistakes: [] },
  byCategory: { food: { label: 'food and drink', en: score(2, 4), zh: score(1, 4) } },
  ...{ bySubcategory: {}, byStyle: { 'style-a': { en: score(3, 4), zh: score(4, 4) } } },
};
const asked = { ...{ count: 4, correct: 3, low: 0.3, high: 0.95 }, accuracy: 0.75, exact: 0.5, chance: 0.5 };
const thing = (en: string) => ({ hexcode: '1', en, zh: '物' });
const report: EvaluationReport = {
  ...{ format: 1, model: { id: 'm', imageSize: 48 }, things: 861 },
  settings: { seed: 1, quick: false, limit: null },
  ...{ heldOut: names, seen: names, seenHard: names, seenPlain: names },
  questions: { heldOut: { isIt: { en: asked, zh: asked } }, seen: {} },
  confusions: [{ truth: thing('fox'), answered: thing('wolf'), count: 3, heldOut: 2, thisWay: 2 }],
};

const rate = (value: number) => ({
  ...{ rate: value, low: value / 2, high: 2 * value, utterances: 40 },
  ...{ substitutions: 1, insertions: 2, deletions: 3, length: 100 },
});
const spoken = {
  en: { cer: rate(0.1), wer: rate(0.2) },
  ...{ zh: { cer: rate(0.3) }, byEngine: { 'flite en': rate(0.1) }, byVoice: {} },
};
const gain = { audio: rate(0.4), picture: rate(0.3), reduction: { reduction: 0.25, low: 0.1, high: 0.4 } };
const questions = {
  all: { ...{ count: 4, correct: 3, low: 0.3, high: 0.95 }, accuracy: 0.75 },
  types: { isIt: { en: asked, zh: asked } },
};
const speech: EvaluationReport['speech'] = {
  ...{
    normalisation: 'plain',
    heldOut: spoken,
    heard: spoken,
    choosing: spoken,
    alignments: [],
    mistakes: [],
  },
  noise: [{ kind: 'pink', snrDb: 5, en: rate(0.25), zh: rate(0.5) }],
  withPicture: [{ snrDb: 0, all: gain, en: gain, zh: { ...gain, reduction: null } }],
  questions: { typed: questions, spoken: questions, prompted: questions },
};

describe('tables', () => {
  test('of speech, without pictures when they were not measured', () => {
    const { format, model, things, settings } = report;
    const shown = reportTable({ format, model, things, settings, speech });
    expect(shown).toMatch(
      /voices it never heard +10\.0 % \(5–20\) +20\.0 % \(10–40\) +30\.0 % \(15–60\) +80/,
    );
    expect(shown).toMatch(/pink, 5 dB +25\.0 % .* 50\.0 %/);
    expect(shown).toMatch(/0 dB +40\.0 % .* 30\.0 % .* 25\.0 % \(10–40\)/);
    expect(shown).toMatch(/isIt, zh +75\.0 %/);
    expect(shown).not.toContain('What is this?');
    expect(reportTable({ ...report, speech })).toContain('Dictation');
  });

  test('of several models side by side', () => {
    const shown = ablationTable(
      ablationOf([
        { name: 'full', report: { ...report, speech } },
        { name: 'without-stage3', report },
      ]),
    );
    expect(shown).toMatch(/^ +full +without-stage3$/m);
    expect(shown).toMatch(/^CER, held-out voices, Chinese +30\.0 % \(15–60\) +–$/m);
    expect(shown).toMatch(/^held-out pictures named, English +50\.0 % .* 50\.0 %/m);
  });

  test('of the world: every number under its heading', () => {
    const [block = '', questions = ''] = reportTable(report).split('\n\n');
    const lines = block.split('\n');
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[1]).toMatch(/^a style it never saw: new-style +50\.0 % \(25–75\) +25\.0 % \(25–75\) +4$/);
    expect(lines.at(-3)).toMatch(/^ {2}style-a +75\.0 % .* 100\.0 %/);
    expect(questions).toMatch(/ {2}isIt +75\.0 % \(30–95\) +50 % +75\.0 %/);
    expect(reportTable(report)).toContain('Most often confused: fox → wolf (3)');
  });

  test('of a folder: a language without labels is left out, mistakes are shown', () => {
    const mistakes: FolderReport['mistakes'] = Array.from({ length: 22 }, (_, i) => ({
      ...{ file: `${i}.jpg`, language: 'en', expected: ['fox', 'red fox'], answer: 'wolf' },
    }));
    const { format, model } = report;
    const shown = folderTable({ format, model, pictures: 30, en: score(8, 30), mistakes });
    expect(shown).toContain('English 26.7 % (25–75)');
    expect(shown).not.toContain('Chinese');
    expect(shown).toContain('  0.jpg: "wolf", expected fox or red fox');
    expect(shown).toContain('and 2 more');
  });
});

describe('what --ablation names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'x-llm-ablation-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const bundle = join(import.meta.dirname, 'testing/empty-bundle');

  test('is bundles and reports, by name or by that of the file', async () => {
    const full = file('full.json', JSON.stringify(report));
    expect(await readAblation([full, `other=${bundle}`, ''])).toEqual([
      { name: 'full', bundle: full, report },
      { name: 'other', bundle },
    ]);
  });

  test.each([
    [() => [bundle], /two models or more/],
    [() => [bundle, bundle], /names 'empty-bundle' twice/],
    [() => [bundle, file('a.json', '{"format":2}')], /cannot be read: it is no report/],
    [() => [bundle, file('b.json', '{')], /b\.json cannot be read/],
    [() => [bundle, join(folder, 'nowhere')], /There is no model in .*nowhere/],
  ])('is refused: %#', async (given, message) => {
    await expect(readAblation(given())).rejects.toThrow(message);
  });
});

describe('progress', () => {
  const screen = (isTTY: boolean, columns = 80) => {
    const written: string[] = [];
    const write = (text: string): boolean => written.push(text) > 0;
    return { written, progress: createProgress({ isTTY, columns, write }) };
  };

  test('redraws one line, no wider than the terminal', () => {
    const { written, progress } = screen(true, 30);
    progress.update(50, 100, 'a set with a long name');
    progress.end();
    expect(written[0]).toContain(`\r\u001b[K${'█'.repeat(10)}${'░'.repeat(10)} 50 of `);
    expect((written[0] ?? '').length - '\r\u001b[K'.length).toBe(29);
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  test('measures the rest by what was done since it started, and shows counts as it is told', () => {
    const written: string[] = [];
    const out = { isTTY: false, columns: 80, write: (text: string) => written.push(text) > 0 };
    const progress = createProgress(out, { from: 900, show: (count) => `${count} kB` });
    progress.update(900, 1000, 'file');
    expect(written).toEqual(['900 kB of 1000 kB: file\n']);
  });

  test('writes ten lines to a file', () => {
    const { written, progress } = screen(false);
    for (let done = 1; done <= 200; done++) progress.update(done, 200, 'set');
    progress.end();
    expect(written).toHaveLength(10);
    expect(written.at(-1)).toBe('200 of 200, 0:00 left: set\n');
  });
});

test.each([
  [['--pictures', 'somewhere'], /--pictures and --labels go together/],
  [
    ['--pictures', 'a', '--labels', 'b', '--quick'],
    /--quick, --only and --ablation are about the model’s own test/,
  ],
  [['--only', 'smells'], /Expected .*smells|smells/],
  [['--only', 'speech', '--card', 'c.md'], /Leave --only out/],
  [['--only', 'video', '--sheet', 's.png'], /--sheet draws confusions of pictures/],
  [['--ablation', 'a,b'], /--ablation compares several models/],
  [['--limit', '0'], /a limit is a whole number from 1 on, got 0/],
])('refuses %j', async (flags, message) => {
  const bundle = join(import.meta.dirname, 'testing/empty-bundle');
  let printed = '';
  const out = { write: (text: string) => (printed += text) };
  const streams: StricliProcess = { stdout: out, stderr: out, env: {} };
  await run(app, ['eval', '--bundle', bundle, ...flags], { process: streams });
  expect(printed).toMatch(message);
  expect(streams.exitCode).not.toBe(0);
});
