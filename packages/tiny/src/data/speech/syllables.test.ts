import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitSyllables, syllablesOf } from './syllables.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'syllables-'));
  const phonemes = {
    a: ['ə'],
    elephant: ['ɛ', 'l', 'ɪ', 'f', 'ə', 'n', 't'],
    "what's": ['w', 'ʌ', 't', 's'],
  };
  await writeFile(join(directory, 'phonemes.json'), JSON.stringify(phonemes)); // as if asked for before
});
afterAll(() => rm(directory, { recursive: true }));

test('a syllable per vowel; the last consonant between two begins the second', () => {
  const split = (ipa: string) => splitSyllables(ipa.split(' '));
  expect(split('p ɪ k tʃ ɚ')).toEqual(['pɪk', 'tʃɚ']);
  expect(split('s t ɹ ɔ b ɛ ɹ i')).toEqual(['stɹɔ', 'bɛ', 'ɹi']);
  expect(split('v ɪ d i oʊ')).toEqual(['vɪ', 'di', 'oʊ']);
  expect(split('b ɪ ɡ əl')).toEqual(['bɪ', 'ɡəl']);
  expect(split('ə')).toEqual(['ə']);
  expect(split('h m')).toEqual(['hm']);
});

test('syllables of a text: Chinese characters, and what the vowels of English words give', async () => {
  const texts = [{ text: "What's a elephant?" }];
  const syllables = await syllablesOf(texts, () => {}, directory);
  expect(syllables("What's a elephant?")).toEqual([
    { at: 0, sound: 'wʌts' },
    { at: 7, sound: 'ə' },
    { at: 9, sound: 'ɛ' },
    { at: 11, sound: 'lɪ' },
    { at: 14, sound: 'fənt' },
  ]);
  expect(syllables('“这是…”')).toEqual([
    { at: 1, sound: '这' },
    { at: 2, sound: '是' },
  ]);
  expect(syllables('?!')).toEqual([]);
  expect(() => syllables('fox')).toThrow(RangeError);
});
