import { expect, it } from 'vitest';
import { segmentsOf } from './segments.ts';
import { wordsOf } from './words.ts';

/** One word each half a second. */
const speak = (text: string, from = 0) =>
  wordsOf(
    text.split(/(?= )|(?<=\p{Script=Han})(?=\p{Script=Han})/u).map((word, at) => ({
      text: word,
      startSeconds: from + at / 2,
      endSeconds: from + at / 2 + 0.5,
    })),
  );
const texts = (words: ReturnType<typeof speak>) => segmentsOf(words).map(({ text }) => text);

it('ends with the sentence', () => {
  expect(texts(speak('It is 3.5 now. Is it? “Yes!” Good'))).toEqual([
    'It is 3.5 now.',
    'Is it?',
    '“Yes!”',
    'Good',
  ]);
  expect(texts(speak('你好。再见！走'))).toEqual(['你好。', '再见！', '走']);
});

it('ends at a pause', () => {
  const [first, second] = segmentsOf([...speak('one two'), ...speak(' three', 2)]);
  expect(first).toEqual({ text: 'one two', startSeconds: 0, endSeconds: 1 });
  expect(second).toMatchObject({ text: 'three', endSeconds: 2.5 });
});

it('ends before it is too long to read', () => {
  const segments = segmentsOf(speak(Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')));
  expect(segments.length).toBeGreaterThan(3);
  for (const { text, startSeconds, endSeconds } of segments) {
    expect(text.length).toBeLessThanOrEqual(84);
    expect(endSeconds - startSeconds).toBeLessThanOrEqual(7);
    expect(text).toBe(text.trim());
  }
  const quick = segmentsOf(
    speak('好'.repeat(100)).map((word, at) => ({ ...word, startSeconds: at / 100, endSeconds: at / 100 })),
  );
  expect(Math.max(...quick.map(({ text }) => text.length))).toBe(33);
});

it('loses nothing', () => {
  const text = '"One" — two, three. 四五六七 eight-nine? 十';
  expect(texts(speak(text)).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  expect(segmentsOf([])).toEqual([]);
});
