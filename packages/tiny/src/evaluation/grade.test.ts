import { describe, expect, it, test } from 'vitest';
import { world } from '../data/world.ts';
import { describeAnswer, yesNo } from '../text/answers.ts';
import { gradedPart, isExact, isRight } from './grade.ts';
import { wilson } from './proportion.ts';

describe('exact match', () => {
  test.each([
    ['Fox.', 'fox', true],
    [' fox\n', 'fox', true],
    ['“狐狸”。', '狐狸', true],
    ['one o’clock', "one o'clock", true],
    ['a fox', 'fox', false],
    ['fox face', 'fox', false],
    ['狐狸', 'fox', false],
    ['', 'fox', false],
  ])('%j for %j: %j', (answer, expected, right) => {
    expect(isExact(answer, expected)).toBe(right);
  });
});

describe('graded part', () => {
  test.each([
    ['isIt', 'en', 'Yes, it is a dog.', 'Yes, it is a fox.', true],
    ['isIt', 'en', 'No, it is a fox.', 'Yes, it is a fox.', false],
    ['isIt', 'en', 'Nothing.', 'No, it is a fox.', false],
    ['isA', 'zh', '不是，这是狗。', '不是，这是狐狸。', true],
    ['isA', 'zh', '是的，这是狐狸。', '不是，这是狐狸。', false],
    ['isA', 'zh', '', '不是，这是狐狸。', false],
    ['describe', 'en', 'This is a fox.', 'This is a fox, a mammal: alert carnivore.', true],
    ['describe', 'en', 'This is a black cat, a mammal.', 'This is a cat, a mammal.', false],
    ['describe', 'zh', '这是狐狸。', '这是狐狸，属于哺乳动物。', true],
    ['describe', 'zh', '这是狐狸脸，属于哺乳动物。', '这是狐狸，属于哺乳动物。', false],
    ['count', 'en', 'Two', 'two', true],
    ['count', 'en', 'two foxes', 'two', false],
  ] as const)('%s (%s): %j for %j: %j', (type, language, answer, expected, right) => {
    expect(isRight(type, language, answer, expected)).toBe(right);
  });

  it('finds the thing in every description and the verdict in every yes or no', () => {
    for (const thing of world) {
      expect(gradedPart('describe', 'zh', describeAnswer(thing, 'zh'))).toBe(thing.zh.toLowerCase());
      const about = gradedPart('describe', 'en', describeAnswer(thing, 'en'));
      expect(about).toBe(gradedPart('describe', 'en', `This is ${thing.en}.`));
      for (const language of ['en', 'zh'] as const) {
        expect(gradedPart('isIt', language, yesNo(true, thing, language))).toBe('yes');
        expect(gradedPart('isIt', language, yesNo(false, thing, language))).toBe('no');
      }
    }
  });
});

describe('Wilson interval', () => {
  // The score test's own equation, solved by nothing but this: at both ends (share − p)² = z²·p(1 − p)/n.
  test.each([
    [8, 10, 0.49, 0.943],
    [0, 20, 0, 0.161],
    [20, 20, 0.839, 1],
    [400, 849, 0.438, 0.505],
  ])('%i of %i', (correct, count, low, high) => {
    const interval = wilson(correct, count);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
    for (const p of [interval.low, interval.high]) {
      expect((correct / count - p) ** 2).toBeCloseTo((1.96 ** 2 * p * (1 - p)) / count, 5);
    }
  });

  it('refuses to speak about nothing', () => {
    expect(() => wilson(0, 0)).toThrow(RangeError);
    expect(() => wilson(3, 2)).toThrow(/got 3 of 2/);
  });
});
