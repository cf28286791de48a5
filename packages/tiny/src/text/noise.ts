/** How people type: case, punctuation, politeness and slips. Chinese keeps its words, English may lose a letter. */
import type { Rng } from '../data/rng.ts';
import type { Language } from '../data/world.ts';

/**
 * How a question comes: `canonical` in the wording that evaluation uses, `spoken` in any wording, `typed` with what
 * people do at a keyboard too.
 */
export type Manner = 'canonical' | 'spoken' | 'typed';

const polite = {
  en: ['please, ', 'hi, ', 'hey, ', 'ok, ', 'so ', 'hello! '],
  zh: ['请问', '你好，', '麻烦你，', '请告诉我，', '那么，'],
} as const;

/** The question as somebody might type it. Most stay as they are. */
export function typed(question: string, language: Language, rng: Rng): string {
  let text = question;
  const kind = rng.next();
  if (rng.chance(0.06)) {
    const start = rng.pick(polite[language]);
    text = start + (language === 'en' ? text.charAt(0).toLowerCase() + text.slice(1) : text);
  }
  if (kind < 0.16) text = text.toLowerCase();
  else if (kind < 0.18) text = text.toUpperCase();
  const end = rng.next();
  if (end < 0.16) text = text.replace(/[?？.。]$/, '');
  else if (end < 0.24) text = text.replace(/？$/, '?').replace(/。$/, '.');
  else if (end < 0.26) text = text.replace(/[?？]$/, (mark) => mark + mark);
  if (language === 'en' && rng.chance(0.05)) text = slip(text, rng);
  return text;
}

/** One typing slip: a letter lost, doubled or swapped with the next. */
export function slip(text: string, rng: Rng): string {
  const letters = [...text];
  const i = rng.int(Math.max(1, letters.length - 1));
  const letter = letters[i] ?? '';
  if (!/\p{L}/u.test(letter)) return text;
  const kind = rng.int(3);
  if (kind === 0) letters.splice(i, 1);
  else if (kind === 1) letters.splice(i, 0, letter);
  else letters.splice(i, 2, letters[i + 1] ?? '', letter);
  return letters.join('');
}
