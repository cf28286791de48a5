import { expect, it } from 'vitest';
import { withoutStops, wordsOf } from './words.ts';

const token = (text: string, startSeconds: number, endSeconds: number) => ({
  text,
  startSeconds,
  endSeconds,
});
const shown = (tokens: Parameters<typeof wordsOf>[0]) =>
  wordsOf(tokens).map(({ gap, text, startSeconds, endSeconds }) => [
    gap + text,
    Number(startSeconds.toFixed(3)),
    Number(endSeconds.toFixed(3)),
  ]);

it('puts parts of words together, and keeps the pauses between words', () => {
  expect(
    shown([
      token('Hel', 0, 0.2),
      token('lo', 0.2, 0.4),
      token(',', 0.4, 0.5),
      token(' wor', 0.8, 1),
      token('ld.', 1, 1.6),
    ]),
  ).toEqual([
    ['Hello,', 0, 0.4],
    [' world.', 0.8, 1.6],
  ]);
});

it('shares a token out among its words', () => {
  expect(shown([token('ab cd', 1, 2)])).toEqual([
    ['ab', 1, 1.5],
    [' cd', 1.5, 2],
  ]);
});

it('takes Chinese by characters', () => {
  expect(shown([token('你好', 0, 1), token('，', 1, 1.1), token('世', 1.5, 2)])).toEqual([
    ['你', 0, 0.5],
    ['好，', 0.5, 1],
    ['世', 1.5, 2],
  ]);
});

it('tells languages apart within a sentence', () => {
  expect(shown([token('用', 0, 1), token('Type', 1, 2), token('Script', 2, 3), token('写', 3, 4)])).toEqual([
    ['用', 0, 1],
    ['TypeScript', 1, 3],
    ['写', 3, 4],
  ]);
});

it('keeps apostrophes, hyphens and numbers within words', () => {
  expect(shown([token("don't re-do 3.5", 0, 1.5)]).map(([text]) => text)).toEqual([
    "don't",
    ' re-do',
    ' 3.5',
  ]);
});

it('begins with punctuation where there is no word before', () => {
  expect(shown([token('“Hi”', 0, 0.4)])).toEqual([['“Hi”', 0, 0.4]]);
  expect(shown([token('a', 0, 1), token(' (b)', 1, 2)]).map(([text]) => text)).toEqual(['a', ' (b)']);
});

it('makes no words of silence', () => {
  expect(wordsOf([])).toEqual([]);
  expect(wordsOf([token(' ', 0, 1), token('', 1, 2)])).toEqual([]);
});

it.each([
  ['Hello,', 'Hello'],
  ['“No!”', 'No'],
  ['„Hallo“,', 'Hallo'],
  ['»Wort«', 'Wort'],
  ["don't.", "don't"],
  ["'em", "'em"],
  ["'so'", 'so'],
  ['好。', '好'],
  ['0.5', '0.5'],
  ['50%', '50%'],
  ['…', '…'],
])('%s is the word %s', (text, word) => {
  expect(withoutStops(text)).toBe(word);
});
