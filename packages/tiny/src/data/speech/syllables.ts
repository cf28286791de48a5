/** The syllables of a text: that many things can be heard in it, whatever the tokenizer makes of its letters. */
import type { Language } from '../world.ts';
import { phonemesOf } from './phonemes.ts';

export interface Syllable {
  /** Where in the text it begins; those of an English word at equal distances. */
  readonly at: number;
  /** A Chinese character, or the phonemes of English: `lɪ` of elephant. */
  readonly sound: string;
}

/**
 * Syllables in order; none where there is nothing to say.
 * @throws RangeError for an English word that was not asked for.
 */
export type SyllablesOf = (text: string) => Syllable[];

const words = /[\p{Script=Latin}'’]*\p{Script=Latin}[\p{Script=Latin}'’]*/gu;
const spokenPieces = new RegExp(`\\p{Script=Han}|${words.source}`, 'gu');

/** Letters of the IPA that are vowels, and the stroke under a consonant that stands for one. */
const vowel = /[aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɵɶʉʊʌʏᵻ]|\u0329/u;

/** @returns the syllables of these texts, and of others made of their words. */
export async function syllablesOf(
  texts: Iterable<{ readonly text: string }>,
  note: (line: string) => void,
  directory: string,
): Promise<SyllablesOf> {
  const language: Language = 'en';
  const spoken = new Set([...texts].flatMap(({ text }) => text.toLowerCase().match(words) ?? []));
  const { inventory, of } = await phonemesOf(
    [...spoken].map((text) => ({ text, language })),
    note,
    directory,
  );
  const soundsOf = (word: string): string[] =>
    /^\p{Script=Han}$/u.test(word)
      ? [word]
      : splitSyllables(of(word.toLowerCase()).map((phoneme) => inventory[phoneme - 1] ?? ''));
  return (text) =>
    [...text.matchAll(spokenPieces)].flatMap(({ 0: word, index }) => {
      const sounds = soundsOf(word);
      return sounds.map((sound, place) => ({
        at: index + Math.floor((place * word.length) / sounds.length),
        sound,
      }));
    });
}

/**
 * A syllable per vowel; of the consonants between two the last begins the second: p ɪ k tʃ ɚ → pɪk, tʃɚ. Without a vowel
 * all are one.
 */
export function splitSyllables(phonemes: readonly string[]): string[] {
  const vowels = phonemes.flatMap((phoneme, place) => (vowel.test(phoneme) ? [place] : []));
  const begins = vowels
    .slice(1)
    .map((place, before) => (place - 1 > (vowels[before] ?? 0) ? place - 1 : place));
  return [0, ...begins].map((from, syllable) => phonemes.slice(from, begins[syllable]).join(''));
}
