import { describe, expect, it } from 'vitest';
import { drawnPicture, drawnPictures } from '../../data/testing.ts';
import { type Motion, motions } from '../../data/video/motions.ts';
import { type Language, nameOf, thingNamed } from '../../data/world.ts';
import { eventAnswer, motionAnswer, readEvent, type VideoQuestionType } from '../../text/motions.ts';
import type { ClipSample } from '../clip-samples.ts';
import { mediaAnswerer } from '../testing-media.ts';
import { evaluateVideo } from './evaluate.ts';
import { type ClipAnswer, clipReport } from './score.ts';

const fox = thingNamed('fox');
const wolf = thingNamed('wolf');
if (!fox || !wolf) throw new Error('the world has both');

describe('what an answer says that happens', () => {
  it.each(motions)('%s, in both languages', (motion) => {
    for (const language of ['en', 'zh'] as const) {
      expect(readEvent(eventAnswer({ thing: fox, motion }, language), language)).toEqual({
        subject: language === 'en' ? 'A fox' : fox.zh,
        motion,
      });
      expect(readEvent(motionAnswer(motion, language), language).motion).toBe(motion);
    }
  });

  it('is nothing where no motion is named', () => {
    expect(readEvent('A fox.', 'en')).toEqual({ subject: 'A fox', motion: undefined });
    expect(readEvent('A FOX MOVES UP', 'en').motion).toBe('moveUp');
  });
});

const sample: ClipSample = {
  thing: fox,
  style: 's',
  frames: () => new Uint8Array(),
  file: async () => new Uint8Array(),
};
const answered = (
  motion: Motion,
  answer: string,
  language: Language = 'en',
  type: VideoQuestionType = 'event',
): ClipAnswer => {
  const expected = { event: eventAnswer({ thing: fox, motion }, language), thing: nameOf(fox, language) };
  return {
    sample,
    motion,
    type,
    language,
    answer,
    expected: type === 'event' || type === 'thing' ? expected[type] : answer,
  };
};

describe('scores of clips', () => {
  const report = clipReport(
    [
      answered('moveUp', 'a fox moves up'),
      answered('moveUp', 'The fox moves down.'),
      answered('grow', 'A wolf grows.'),
      answered('grow', 'gibberish'),
      answered('grow', `${fox.zh}变大。`, 'zh'),
      ...(['motion', 'thing', 'doesIt'] as const).flatMap((type) => [
        answered('grow', 'fox', 'en', type),
        answered('grow', fox.zh, 'zh', type),
      ]),
    ],
    3,
  );

  it('are of motion, thing and both, by language and motion', () => {
    expect([report.en.motion.correct, report.en.thing.correct, report.en.both.correct]).toEqual([2, 2, 1]);
    expect(report.zh.both).toMatchObject({ correct: 1, count: 1 });
    expect(report.byMotion.moveUp?.motion).toMatchObject({ correct: 1, count: 2 });
    expect(report.byMotion.shrink).toBeUndefined();
    expect(report.all.both).toMatchObject({ correct: 2, count: 5 });
  });

  it('say which motion is taken for which, and what chance is', () => {
    expect(report.confusion).toEqual({ moveUp: { moveUp: 1, moveDown: 1 }, grow: { grow: 2, none: 1 } });
    expect(report.chance.motion).toBe(3 / 5);
    expect(report.chance.both).toBeCloseTo(3 / 5 / 861);
    expect(report.questions.thing?.en.accuracy).toBe(1);
    expect(report.questions.event?.en.exact).toBe(1 / 4);
  });
});

describe('watching', () => {
  const pictures = drawnPictures(8, (thing, style) => drawnPicture(thing, style).fill(0, 0, 10_000));

  it('asks every type in both languages about as many clips of each motion, with prepared frames', async () => {
    const frameCounts = new Set<string>();
    const engine = mediaAnswerer(({ text, videos }) => {
      const frames = videos[0]?.frames ?? [];
      frameCounts.add(
        `${frames.length}: ${new Set(frames.map(({ rgb, size }) => `${rgb.length} ${size}`)).size}`,
      );
      if (text === 'What happens in the video?') return 'A fox stays. A fox blinks.';
      return text === 'Does it move up?' ? 'No, it moves down.' : 'Yes.';
    });
    const report = await evaluateVideo(engine, { heldOut: pictures, seen: pictures }, { limit: 2 });
    expect(report.heldOut.clips).toBe(2 * motions.length);
    expect([...frameCounts]).toEqual(['4: 1']);
    expect(report.heldOut.en.motion).toMatchObject({ correct: 2, count: 22 });
    expect(report.heldOut.byMotion.blink?.motion).toMatchObject({ correct: 2, count: 4 });
    expect(report.heldOut.chance.motion).toBeCloseTo(1 / 11);
    expect(report.heldOut.confusion.grow).toEqual({ blink: 2, none: 2 });
    expect(report.animations).toBeUndefined();
  });
});
