import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thingAt } from '../data/world.ts';
import { evaluate } from './evaluate.ts';
import { evaluateFolder, readLabels } from './folder.ts';
import { drawnColours, drawnData, drawnFile, scriptedAnswerer } from './testing.ts';

const things = 6;
const colours = await drawnColours(things);
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Knows drawn pictures as they are; takes thing 2 for thing 3 in English, and never heard of the others. */
const engine = scriptedAnswerer((question, colour) => {
  const id = colours.get(colour.join());
  if (/^Is /.test(question)) return 'Yes.';
  if (id === undefined) return 'gibberish';
  if (isChinese(question)) return `${thingAt(id).zh}。`;
  return thingAt(id === 2 ? 3 : id).en;
});

describe('evaluate', async () => {
  const report = await evaluate(engine, drawnData(things), { concurrency: 3 });

  it('counts whole names, by language and category', () => {
    const { en, zh, byCategory } = report.heldOut;
    expect([en.correct, en.count, en.top1]).toEqual([5, 6, 5 / 6]);
    expect(zh.top1).toBe(1);
    expect(en.low).toBeCloseTo(0.4365, 3);
    expect(byCategory['animals-nature']?.en).toEqual(en);
    expect(byCategory['animals-nature']?.label).toBe('animals and nature');
    expect(report.heldOut.pictures).toBe(6);
  });

  it('lists mistakes and which things are taken for which', () => {
    const [two, three] = [thingAt(2), thingAt(3)];
    expect(report.heldOut.mistakes).toEqual([
      { style: 'drawn-held-out', language: 'en', hexcode: two.hexcode, expected: two.en, answer: three.en },
    ]);
    expect(report.confusions[0]).toMatchObject({
      truth: { en: two.en },
      answered: { en: three.en },
      heldOut: 1,
    });
  });

  it('asks about every seen style, augmented beyond this model', () => {
    expect(report.seen.styles).toEqual(['drawn-a', 'drawn-b']);
    expect(report.seen.pictures).toBe(2 * things - 1);
    expect(report.seen.en.notAName).toBeGreaterThan(0.5);
  });

  it('asks about one picture of each thing in the seen styles as they are', () => {
    expect(report.seenPlain.pictures).toBe(things);
    expect(report.seenPlain.styles.every((style) => style.startsWith('drawn-'))).toBe(true);
    expect(report.seenPlain.en.correct).toBe(things - 1);
  });

  it('says what always giving the same answer would reach', () => {
    const isIt = report.questions.heldOut.isIt?.en;
    expect(isIt?.count).toBe(things);
    expect(isIt?.exact).toBe(0);
    // Always "yes": right as often as "yes" is, which is chance or its complement.
    expect([isIt?.chance, 1 - (isIt?.chance ?? 0)]).toContain(isIt?.accuracy);
    expect(report.questions.heldOut.count?.en.chance).toBeGreaterThanOrEqual(1 / 3);
    expect(report.questions.seen.which?.en.chance).toBe(0.5);
    expect(report.questions.seen.left?.zh.count).toBe(things);
  });

  it('keeps as many questions under way as it may', () => {
    expect(engine.mostAtOnce).toBe(3);
  });

  it('gives the same report again', async () => {
    expect(await evaluate(engine, drawnData(things), { concurrency: 2 })).toEqual(report);
  });

  it('can be limited, told of and stopped', async () => {
    const progress: number[] = [];
    const limited = await evaluate(engine, drawnData(things), {
      limit: 2,
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect([limited.heldOut.en.count, limited.seen.zh.count, limited.settings.limit]).toEqual([2, 2, 2]);
    expect(progress.at(-1)).toBe(1);
    await expect(
      evaluate(engine, drawnData(things), { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });
});

describe('a folder of pictures', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'x-llm-pictures-'));
  for (const thing of [0, 2]) writeFileSync(join(folder, `${thing}.png`), await drawnFile(thing));
  const labels = (...lines: string[]): string => {
    const path = join(folder, 'labels.jsonl');
    writeFileSync(path, lines.join('\n'));
    return path;
  };

  it('accepts any of several names and keeps the mistakes', async () => {
    const [zero, two] = [thingAt(0), thingAt(2)];
    const path = labels(
      JSON.stringify({ file: '0.png', en: ['something', zero.en], zh: zero.zh }),
      JSON.stringify({ file: '2.png', en: two.en }),
      '',
    );
    const report = await evaluateFolder(engine, folder, await readLabels(path, folder));
    expect(report).toMatchObject({ pictures: 2, en: { top1: 0.5, count: 2 }, zh: { top1: 1, count: 1 } });
    expect(report.mistakes).toEqual([
      { file: '2.png', language: 'en', expected: [two.en], answer: thingAt(3).en },
    ]);
  });

  it('names the picture that cannot be read', async () => {
    writeFileSync(join(folder, 'broken.png'), 'no picture');
    const known = await readLabels(labels('{"file":"broken.png","en":"x"}'), folder);
    await expect(evaluateFolder(engine, folder, known)).rejects.toThrow(/^broken\.png: /);
  });

  it.each([
    ['{"file":"0.png"}', /labels\.jsonl:1: .*expected "en" or "zh"/s],
    ['{"file":"9.png","en":"x"}', /labels\.jsonl:1: there is no file .*9\.png/],
    ['not json', /labels\.jsonl:1: expected \{"file"/],
    ['', /holds no labels/],
  ])('refuses %j', async (line, message) => {
    await expect(readLabels(labels(line), folder)).rejects.toThrow(message);
  });
});
