import { describe, expect, it } from 'vitest';
import { thingAt } from '../../data/world.ts';
import type { Captions } from '../answerer.ts';
import { gradedAnswer } from '../grade.ts';
import { drawnColours, drawnData, scriptedAnswerer } from '../testing.ts';
import { drawnVoices, mediaAnswerer } from '../testing-media.ts';
import { evaluateRelative } from './evaluate.ts';
import { type GradedPair, relativeReport } from './score.ts';

const pair = (group: GradedPair['group'], media: number, caption: number): GradedPair => ({
  ...{ group, source: 'pictures', type: group, media, caption },
});

describe('relative score', () => {
  it('is the mean with media over the mean told in words, groups counting alike', () => {
    const report = relativeReport([
      ...Array.from({ length: 30 }, () => pair('conversation', 1, 1)),
      pair('detail', 0.5, 1),
      pair('detail', 0, 1),
      pair('reasoning', 0.25, 0.5),
    ]);
    expect(report.groups.detail).toMatchObject({ count: 2, media: 0.25, caption: 1, relative: 0.25 });
    // (1 + 0.25 + 0.25) / (1 + 1 + 0.5), not the mean over 33 questions.
    expect(report.overall.relative).toBeCloseTo(1.5 / 2.5);
    expect(report.overall.count).toBe(33);
    expect(report.overall.low).toBeCloseTo(1.25 / 2.5);
    expect(report.overall.high).toBeCloseTo(1.75 / 2.5);
  });

  it('is null where the captions score nothing', () => {
    const groups = (['conversation', 'detail', 'reasoning'] as const).map((group) => pair(group, 1, 0));
    expect(relativeReport(groups).overall).toMatchObject({ relative: null, low: null, high: null });
  });
});

describe('grades', () => {
  const graded = (type: Parameters<typeof gradedAnswer>[0]['type'], expected: string, answer: string) =>
    gradedAnswer({ type, language: 'en', expected, name: 'fox' }, answer);
  it.each([
    ['name', 'fox', 'Fox.', 1],
    ['name', 'fox', 'wolf', 0],
    ['isIt', 'Yes, it is a fox.', 'yes, it is a fox', 1],
    ['isIt', 'Yes, it is a fox.', 'No, it is a fox.', 0],
    ['isIt', 'No, it is a fox.', 'No.', 2 / 3],
    ['use', 'It is used for cutting.', 'It is used for eating.', 0.4],
    ['use', 'It is used for cutting.', 'Cutting', 2 / 3],
    ['describe', 'This is a fox, a mammal.', 'This is a wolf, a mammal.', 5 / 12],
    ['motion', 'It moves up.', 'A wolf moves up.', 1],
    ['motion', 'It moves up.', 'It moves down.', 0],
    ['event', 'A fox moves up.', 'A wolf moves up.', 0.5],
    ['event', 'A fox moves up.', 'the fox grows', 0.5],
    ['event', 'A fox moves up.', 'fox moves up', 1],
    ['doesIt', 'No, it moves up.', 'Yes, it moves up.', 0],
  ] as const)('%s: %j answered with %j is worth %d', (type, expected, answer, score) => {
    expect(graded(type, expected, answer)).toBeCloseTo(score);
  });
});

describe('against captions', () => {
  const things = 5;
  const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

  it('asks both the same, one with the picture, one with its truth in words', async () => {
    const colours = await drawnColours(things);
    const engine = scriptedAnswerer((question, colour) => {
      const thing = thingAt(colours.get(colour.join()) ?? 0);
      return thing.id === 0 ? 'nothing' : isChinese(question) ? thing.zh : thing.en;
    });
    const told: { question: string; captions: Captions }[] = [];
    const oracle = {
      async *generate({ messages: [message] }: { messages: { text: string; captions: Captions }[] }) {
        told.push({ question: message?.text ?? '', captions: message?.captions ?? {} });
        yield { type: 'text' as const, text: message?.captions.image ?? '' };
      },
    };
    const report = await evaluateRelative(engine, oracle, { pictures: drawnData(things) }, 'heldOut');
    expect(report.types['name']).toMatchObject({ count: 10, media: 0.8, caption: 1, relative: 0.8 });
    expect(Object.keys(report.sources)).toEqual(['pictures']);
    const captions = told.map(({ captions: { image = '' } }) => image);
    expect(captions).toContain(thingAt(3).zh);
    expect(captions.some((text) => /^left: .+, right: .+$/.test(text))).toBe(true);
    expect(captions.some((text) => /^[123] × /.test(text))).toBe(true);
    expect(told).toHaveLength(report.overall.count);
  });

  it('asks about new scenes of known styles, too', async () => {
    const told: string[] = [];
    const pictures: string[] = [];
    const engine = scriptedAnswerer((_, colour) => {
      pictures.push(colour.join());
      return 'nothing';
    });
    const oracle = {
      async *generate({ messages: [message] }: { messages: { captions: Captions }[] }) {
        told.push(message?.captions.image ?? '');
        yield { type: 'text' as const, text: message?.captions.image ?? '' };
      },
    };
    const data = { pictures: drawnData(things) };
    const report = await evaluateRelative(engine, oracle, data, 'seen', { limit: 3 });
    expect(report.types['name']).toMatchObject({ count: 6, media: 0, caption: 1, relative: 0 });
    // Scenes, not files: they lie on backgrounds, which no file of the drawn style does.
    const files = new Set([...(await drawnColours(things)).keys()]);
    expect(pictures.some((colour) => !files.has(colour))).toBe(true);
    expect(told).toHaveLength(report.overall.count);
  });

  it('tells the words of a spoken question too', async () => {
    const voices = drawnVoices();
    const heard: string[] = [];
    const engine = mediaAnswerer(({ text, speech }) => {
      if (speech[0]) heard.push(`${text}${voices.understood(speech[0].samples).text}`);
      return '';
    });
    const told: string[] = [];
    const oracle = {
      async *generate({ messages: [message] }: { messages: { text: string; captions: Captions }[] }) {
        if (message?.captions.speech !== undefined) told.push(`${message.text}${message.captions.speech}`);
        yield { type: 'text' as const, text: 'x' };
      },
    };
    const data = { pictures: drawnData(things), speech: voices };
    const report = await evaluateRelative(engine, oracle, data, 'heldOut', { limit: 2 });
    expect(told.length).toBeGreaterThan(10);
    expect(heard).toEqual(told);
    expect(Object.keys(report.sources)).toEqual(['pictures', 'spoken']);
  });
});
