/** Cutting sentences into the words inside which pieces may grow. */
import { blankSymbol } from '../sentencepiece/normalizer.ts';
import type { Trie } from '../sentencepiece/trie.ts';
import { characterLength } from '../sentencepiece/trie.ts';

/**
 * A run of letters with the blank before it, a run of Han characters, or one character of any other kind: so numbers
 * are read digit by digit, punctuation stays apart, and Chinese pieces do not come once with and once without a blank.
 */
const word = /\u2581?[[\p{L}\p{M}]--\p{Script=Han}]+|\p{Script=Han}+|./gsv;
const han = /^\p{Script=Han}/v;
const control = /\p{Cc}/u;

export const isHan = (text: string): boolean => han.test(text);

/** How often each word comes in the sentences, in the order of the words. */
export function countWords(sentences: Iterable<string>, userSymbols: Trie): [string, number][] {
  const repeats = new Map<string, number>();
  for (const sentence of sentences) add(repeats, sentence, 1);
  const counts = new Map<string, number>();
  for (const [sentence, count] of repeats) {
    for (const text of plainStretches(blankSymbol + sentence.toWellFormed(), userSymbols)) {
      for (const found of text.replaceAll(' ', blankSymbol).match(word) ?? []) {
        if (!control.test(found)) add(counts, found, count);
      }
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** The text between user-defined symbols. */
function plainStretches(text: string, userSymbols: Trie): string[] {
  const stretches: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const symbol = userSymbols.longestPrefix(text, at);
    if (symbol > 0) {
      stretches.push(text.slice(start, at));
      start = at + symbol;
    }
    at += symbol || characterLength(text, at);
  }
  stretches.push(text.slice(start));
  return stretches;
}

/** The commonest characters that together make up `coverage` of all text, commonest first; ▁ always. */
export function coveredCharacters(words: readonly [string, number][], coverage: number): string[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [text, count] of words) {
    for (const character of text) {
      add(counts, character, count);
      total += count;
    }
  }
  const covered: string[] = [];
  let sum = 0;
  const commonestFirst = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  for (const [character, count] of commonestFirst) {
    if (sum >= coverage * total) break;
    covered.push(character);
    sum += count;
  }
  return covered.includes(blankSymbol) ? covered : [...covered, blankSymbol];
}
