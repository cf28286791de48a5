import { describe, expect, it } from 'vitest';
import { Rng } from '../data/rng.ts';
import { motions } from '../data/video/motions.ts';
import { thingNamed } from '../data/world.ts';
import { imagineFrames, videoCaption, wordsOfFrame } from './frames.ts';
import { askClip, eventAnswer, motionAnswer } from './motions.ts';

const fox = thingNamed('fox');
if (!fox) throw new Error('there is a fox');

describe('answers about a clip', () => {
  const facts = { thing: fox, motion: 'moveLeft' } as const;

  it.each([
    ['event', 'en', 'What happens in the video?', 'A fox moves to the left.'],
    ['event', 'zh', '视频里发生了什么？', '狐狸向左移动。'],
    ['motion', 'en', 'What does it do?', 'It moves to the left.'],
    ['motion', 'zh', '它在做什么？', '它向左移动。'],
    ['thing', 'en', 'What is in the video?', 'fox'],
    ['thing', 'zh', '视频里是什么？', '狐狸'],
  ] as const)('%s (%s)', (type, language, question, answer) => {
    expect(askClip(facts, type, language, new Rng(1), 'canonical')).toEqual({
      type,
      language,
      question,
      answer,
    });
  });

  it('says yes to what happens, and what happens otherwise', () => {
    const rng = new Rng(2);
    let yes = 0;
    for (let i = 0; i < 400; i++) {
      const { question, answer } = askClip(facts, 'doesIt', 'en', rng, 'canonical');
      const isAsked = question === 'Does it move to the left?';
      expect(answer).toBe(isAsked ? 'Yes, it moves to the left.' : 'No, it moves to the left.');
      if (isAsked) yes++;
    }
    expect(yes / 400).toBeCloseTo(0.5, 1);
  });

  it('has a sentence for every motion in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      expect(new Set(motions.map((motion) => motionAnswer(motion, language))).size).toBe(motions.length);
    }
    expect(eventAnswer({ thing: fox, motion: 'still' }, 'en')).toBe('A fox does not move.');
  });
});

describe('frames in words', () => {
  const rng = new Rng(3);
  const imagine = (motion: (typeof motions)[number]) =>
    Array.from({ length: 100 }, () => imagineFrames(motion, 8, rng));

  it('move, grow and turn as their clip does', () => {
    for (const frames of imagine('moveRight')) {
      expect((frames[7]?.x ?? 0) - (frames[0]?.x ?? 0)).toBeGreaterThan(0);
      expect(new Set(frames.map(({ y }) => y)).size).toBe(1);
    }
    for (const frames of imagine('moveUp')) expect((frames[7]?.y ?? 0) - (frames[0]?.y ?? 0)).toBeLessThan(0);
    for (const frames of imagine('grow'))
      expect([frames[0]?.size, frames[7]?.size]).toEqual(['small', 'large']);
    for (const frames of imagine('turn')) expect(frames[7]?.turned).not.toBe('upright');
  });

  it('appear once, and blink more than once', () => {
    const changes = (frames: ReturnType<typeof imagineFrames>) =>
      frames.filter(({ visible }, at) => at > 0 && visible !== frames[at - 1]?.visible).length;
    for (const frames of imagine('appear')) {
      expect(changes(frames)).toBe(1);
      expect(frames[7]?.visible).toBe(true);
    }
    for (const frames of imagine('disappear')) expect(frames[7]?.visible).toBe(false);
    for (const frames of imagine('blink')) expect(changes(frames)).toBeGreaterThan(1);
    for (const frames of imagine('still'))
      expect(new Set(frames.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('say where and how large, and nothing of an empty frame', () => {
    const frame = { visible: true, x: -1, y: 0, size: 'large', turned: 'upright' } as const;
    expect(wordsOfFrame(frame, 'en')).toEqual(['left', 'centre', 'big', 'upright']);
    expect(wordsOfFrame(frame, 'zh')).toEqual(['左', '中间', '大', '正']);
    expect(new Set(wordsOfFrame({ ...frame, visible: false }, 'en'))).toEqual(new Set(['nothing']));
    expect(videoCaption({ thing: fox, motion: 'grow' }, new Rng(4))).toMatch(/(fox|狐狸).*(fox|狐狸)/);
  });
});
