import { expect, it } from 'vitest';
import { syllableStarts } from './syllables.ts';

const count = (text: string) => syllableStarts(text).length;

it('counts the syllables of English words by their vowels', () => {
  expect(['snake', 'table', 'elephant', 'strawberry', 'the', 'hmm', 'café', 'what’s'].map(count)).toEqual([
    1, 2, 3, 3, 1, 1, 2, 1,
  ]);
});

it('takes a letter of other scripts for a syllable, and nothing else', () => {
  expect(syllableStarts('这是a fox。')).toEqual([0, 1, 2, 4]);
  expect([count(''), count('?! …'), count('12')]).toEqual([0, 0, 2]);
});

it('spreads the syllables of a word over its letters', () => {
  expect(syllableStarts('a window')).toEqual([0, 2, 5]);
});
