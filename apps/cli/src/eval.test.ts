import { join } from 'node:path';
import { run, type StricliProcess } from '@stricli/core';
import type { EvaluationReport, FolderReport } from '@x-llm/tiny/evaluation';
import { describe, expect, test } from 'vitest';
import { app } from './app.ts';
import { createProgress } from './eval/progress.ts';
import { folderTable, reportTable } from './eval/table.ts';

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

describe('tables', () => {
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
  [['--pictures', 'a', '--labels', 'b', '--quick'], /--quick are about the model’s own test/],
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
