import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import {
  bootstrap,
  bootstrapGroups,
  containsName,
  editCounts,
  errorRate,
  errorReduction,
  errorsIn,
  exactMatch,
  gradedScore,
  normaliseTranscript,
  tokenF1,
  transcriptUnits,
} from './index.ts';

describe('transcripts', () => {
  it.each([
    ['It’s a  RED apple!', 'its a red apple'],
    ["It's", 'its'],
    ['ＡＢＣ１２', 'abc12'],
    ['T-shirt — and/or hat', 't shirt and or hat'],
    ['  这是 红苹果。 ', '这是红苹果'],
    ['“狐狸”用英语 怎么说？', '狐狸用英语怎么说'],
    ['it is 苹果 here', 'it is苹果here'],
    ['Piñata $5', 'piñata 5'],
    ['?!', ''],
  ])('%j is compared as %j', (text, normal) => {
    expect(normaliseTranscript(text)).toBe(normal);
    expect(normaliseTranscript(normal)).toBe(normal);
  });

  it('are characters with single blanks, or words of which each Chinese character is one', () => {
    expect(transcriptUnits.character('A  b.')).toEqual(['a', ' ', 'b']);
    expect(transcriptUnits.character('这 是𠀀')).toEqual(['这', '是', '𠀀']);
    expect(transcriptUnits.word('It is T-shirt 苹果 x')).toEqual(['it', 'is', 't', 'shirt', '苹', '果', 'x']);
    expect(transcriptUnits.word('…')).toEqual([]);
  });
});

describe('edit distance', () => {
  it.each([
    ['kitten', 'sitting', 2, 1, 0],
    ['', 'abc', 0, 3, 0],
    ['abc', '', 0, 0, 3],
    ['abc', 'abc', 0, 0, 0],
    ['abcd', 'acd', 0, 0, 1],
    ['ab', 'ba', 2, 0, 0],
    ['intention', 'execution', 5, 0, 0],
  ])('%s → %s', (reference, hypothesis, substitutions, insertions, deletions) => {
    const counts = editCounts([...reference], [...hypothesis]);
    const { length } = reference;
    expect(errorsIn(counts)).toBe(substitutions + insertions + deletions);
    expect(counts).toEqual({ substitutions, insertions, deletions, length });
  });

  it('balances: what is inserted and deleted makes up the lengths', () => {
    const random = createRandom(3);
    const word = () => Array.from({ length: random.integer(9) }, () => 'abc'[random.integer(3)] ?? '');
    for (let n = 0; n < 200; n++) {
      const [a, b] = [word(), word()];
      const [there, back] = [editCounts(a, b), editCounts(b, a)];
      expect(a.length + there.insertions - there.deletions).toBe(b.length);
      expect(errorsIn(there)).toBe(errorsIn(back));
    }
  });
});

describe('error rates', () => {
  const said = (reference: string, hypothesis: string) => ({ reference, hypothesis });

  it('sum errors and lengths over the corpus, not rates', () => {
    const corpus = [said('a', 'b'), said('It is a red apple.', 'it is a red apple')];
    expect(errorRate(corpus, 'word')).toMatchObject({
      rate: 1 / 6,
      substitutions: 1,
      length: 6,
      utterances: 2,
    });
    expect(errorRate(corpus, 'character').rate).toBe(1 / 18);
  });

  it('may exceed one, and be of Chinese characters', () => {
    expect(errorRate([said('好', '你们好吗')], 'character')).toMatchObject({ rate: 3, insertions: 3 });
    expect(errorRate([said('这是苹果。', '这 是 平果')], 'character').rate).toBe(1 / 4);
  });

  it('have an interval around them that is the same each time, and wider for fewer', () => {
    const corpus = Array.from({ length: 100 }, (_, n) => said('abcde', n % 4 === 0 ? 'abcdx' : 'abcde'));
    const { rate, low, high } = errorRate(corpus, 'character');
    expect(rate).toBeCloseTo(0.05);
    // A quarter of utterances have one error in five: standard error √(¼·¾/100)/5 = 0.0087.
    expect(low).toBeCloseTo(rate - 1.96 * 0.0087, 2);
    expect(high).toBeCloseTo(rate + 1.96 * 0.0087, 2);
    expect(errorRate(corpus, 'character')).toMatchObject({ low, high });
    const few = errorRate(corpus.slice(0, 20), 'character');
    expect(few.high - few.low).toBeGreaterThan(high - low);
  });

  it('are of something', () => {
    expect(() => errorRate([said('…', 'a')], 'word')).toThrow('references are empty');
    expect(() => errorRate([], 'word')).toThrow(RangeError);
  });

  it('are compared in pairs', () => {
    const bad = Array.from({ length: 40 }, (_, n) => said('abcd', n % 2 === 0 ? 'abxy' : 'abcd'));
    const better = bad.map(({ reference, hypothesis }) => said(reference, hypothesis.replace('y', 'd')));
    // In every utterance half of the errors are gone: of pairs the interval has no width.
    expect(errorReduction(bad, better, 'character')).toEqual({ reduction: 0.5, low: 0.5, high: 0.5 });
    expect(errorReduction(better, bad, 'character')?.reduction).toBe(-1);
    expect(errorReduction([said('a', 'a')], [said('a', 'b')], 'character')).toBeNull();
    expect(() => errorReduction(bad, [], 'character')).toThrow('no pairs');
  });
});

describe('bootstrap', () => {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

  it('covers the mean of normal values as the textbook says', () => {
    const random = createRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const values = Array.from({ length: 50 }, () => 3 + random.normal());
      const { low, high } = bootstrap(values, mean, { resamples: 300, seed: trial });
      if (low <= 3 && 3 <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
    expect(covered).toBeLessThanOrEqual(99);
  });

  it('keeps the sizes of strata', () => {
    const interval = bootstrapGroups([[1, 1], [5]], (groups) => mean(groups.map(mean)));
    expect(interval).toEqual({ low: 3, high: 3 });
    expect(() => bootstrapGroups([[1], []], () => 0)).toThrow('no items');
  });
});

describe('graded answers', () => {
  it('are exact but for case and punctuation', () => {
    expect(exactMatch('A fox!', 'wolf', 'a fox')).toBe(true);
    expect(exactMatch('fox', 'a fox')).toBe(false);
    expect(exactMatch('', '')).toBe(false);
  });

  it('share words as often as both have them', () => {
    expect(tokenF1('a red apple', 'an apple')).toBeCloseTo(0.4);
    expect(tokenF1('the the the', 'the cat')).toBeCloseTo(0.4);
    expect(tokenF1('这是狐狸', '这是狐')).toBeCloseTo(6 / 7);
    expect(tokenF1('', 'fox')).toBe(0);
  });

  it('contain names as whole words', () => {
    expect(containsName('This is a red fox, a mammal.', 'red fox')).toBe(true);
    expect(containsName('It is an oxcart.', 'ox')).toBe(false);
    expect(containsName('这是红狐狸。', '狐狸')).toBe(true);
    expect(containsName('anything', '')).toBe(false);
  });

  it('score between 0 and 1, the right thing above the right sentence', () => {
    const expected = 'This is a fox, a mammal.';
    expect(gradedScore('this is a fox a mammal', expected, 'fox')).toBe(1);
    expect(gradedScore('This is a fox.', expected, 'fox')).toBeCloseTo(0.9);
    const wrongThing = gradedScore('This is a wolf, a mammal.', expected, 'fox');
    expect(wrongThing).toBeCloseTo(5 / 12);
    expect(gradedScore('A fox.', expected, 'fox')).toBeGreaterThan(wrongThing);
    expect(gradedScore('This is a wolf, a mammal.', expected)).toBeCloseTo(5 / 6);
    expect(gradedScore('banana', expected, 'fox')).toBe(0);
  });
});
