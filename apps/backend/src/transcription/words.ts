/** From a model's tokens to words with their times. */
import type { TimedToken } from '@x-llm/engine';

export interface Word {
  /** With the punctuation that follows it. */
  readonly text: string;
  /** What stands between the word before and this one: a space or nothing. */
  readonly gap: '' | ' ';
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const atoms = /\s+|\p{Script=Han}|[\p{P}\p{S}]+|[^\s\p{Script=Han}\p{P}\p{S}]+/gu;

/**
 * Words of languages that write spaces, characters of Chinese. Tokens may be parts of words or hold several; the time
 * within a token is shared out by characters. Punctuation belongs to the word before it; neither it nor a space takes
 * time.
 *
 *     wordsOf([{ text: 'Hel', startSeconds: 0, endSeconds: 0.2 }, { text: 'lo 你好', startSeconds: 0.2, endSeconds: 1 }])
 *     // Hello 0–0.6, 你 0.6–0.8, 好 0.8–1
 */
export function wordsOf(tokens: readonly TimedToken[]): Word[] {
  const words: { text: string; gap: '' | ' '; startSeconds: number; endSeconds: number }[] = [];
  /** Whether the last word may grow. */
  let open = false;
  let gap: '' | ' ' = '';
  for (const { text, startSeconds, endSeconds } of tokens) {
    const perCharacter = (endSeconds - startSeconds) / Math.max(1, spoken(text));
    let to = startSeconds;
    for (const [atom] of text.matchAll(atoms)) {
      const from = to;
      to += perCharacter * spoken(atom);
      const last = words.at(-1);
      if (/^\s/.test(atom)) {
        open = false;
        gap = ' ';
      } else if (last !== undefined && gap === '' && /^[\p{P}\p{S}]/u.test(atom)) {
        last.text += atom;
      } else if (open && last !== undefined && !isHan(atom)) {
        last.text += atom;
        last.endSeconds = to;
      } else {
        words.push({ text: atom, gap: words.length === 0 ? '' : gap, startSeconds: from, endSeconds: to });
        gap = '';
        open = !isHan(atom);
      }
    }
  }
  return words;
}

/** How many characters of it are heard. */
const spoken = (text: string): number => text.replace(/[\s\p{P}\p{S}]/gu, '').length;

export const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);

/**
 * As OpenAI's words are: without the stops, quotes and brackets around one. An apostrophe at one end belongs to the word; a
 * word that is nothing else stays.
 */
export function withoutStops(word: string): string {
  const bare = word.replace(/^[\p{Ps}\p{Pi}\p{Pf}"¿¡]+|[.,;:!?…。，、；：！？\p{Pe}\p{Pi}\p{Pf}"]+$/gu, '');
  return bare.replace(/^'(.+)'$/u, '$1') || word;
}
