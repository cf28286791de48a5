import { readFile } from 'node:fs/promises';
import { loadSentencePiece } from '@x-llm/text';
import { beforeAll, expect, test } from 'vitest';
import { bundleDirectory } from './bundle.ts';
import { tokensOfFirings } from './firing-tokens.ts';

let tokenizer: ReturnType<typeof loadSentencePiece>;
beforeAll(async () => {
  tokenizer = loadSentencePiece(await readFile(`${bundleDirectory}/tokenizer.model`));
});

/** Syllables that begin at these places, sounds being of no matter. */
const at =
  (...places: number[]) =>
  () =>
    places.map((place) => ({ at: place, sound: '' }));
const pieces = (text: string, ...places: number[]) =>
  tokensOfFirings(text, at(...places), { tokenizer }).map((tokens) =>
    tokens.map((id) => tokenizer.decode([id])),
  );

test('a syllable has the tokens that begin in it, and none where a token goes on', () => {
  expect(pieces('No, it is a crab.', 0, 4, 7, 10, 12)).toEqual([
    ['No', ','],
    ['it'],
    ['is'],
    ['a'],
    ['cr', 'ab', '.'],
  ]);
  expect(pieces('dragon', 0, 3)).toEqual([['dragon'], []]);
  expect(pieces('红灯笼', 0, 1, 2)).toEqual([['', '红'], ['灯笼'], []]);
});

test('what stands before the first syllable belongs to it; every token has its place', () => {
  const text = '“你好”';
  const all = tokensOfFirings(text, at(1, 2), { tokenizer });
  expect(all.flat()).toEqual(tokenizer.encode(text));
  expect(all).toHaveLength(2);
  expect(tokensOfFirings('…', at(), { tokenizer })).toEqual([]);
});
