/** What each firing of CIF stands for: a syllable, and the tokens that begin in it. */
import type { SyllablesOf } from '../data/speech/index.ts';
import type { TinyTokenizer } from './tokenizer.ts';

/**
 * The tokens of a text, syllable by syllable: those that begin in it, none where a token goes on. How many pieces a word
 * has cannot be heard, how many syllables it has can. Blanks and punctuation belong to the syllable before them, at the
 * beginning to the first.
 */
export function tokensOfFirings(
  text: string,
  syllablesOf: SyllablesOf,
  { tokenizer }: Pick<TinyTokenizer, 'tokenizer'>,
): number[][] {
  const syllables = syllablesOf(text);
  const firings: number[][] = syllables.map(() => []);
  const decoder = tokenizer.decoder();
  let written = 0;
  for (const token of tokenizer.encode(text)) {
    const piece = decoder.push(token);
    const begins = written + piece.length - piece.trimStart().length;
    written += piece.length;
    firings[
      Math.max(
        0,
        syllables.findLastIndex(({ at }) => at <= begins),
      )
    ]?.push(token);
  }
  return firings;
}
