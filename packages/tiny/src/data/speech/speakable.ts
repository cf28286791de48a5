/** Which texts a speech engine says as they are written. */
import type { Language } from '../world.ts';

/**
 * Letters of the language and the punctuation of sentences. Digits, brackets, emoji and words of the other language are
 * read in ways that the transcript does not show (“3” as “three”, “X-LLM” letter by letter).
 */
const patterns: Readonly<Record<Language, RegExp>> = {
  en: /^(?=.*[A-Za-z])[A-Za-zÀ-ÖØ-öø-ÿ ,.;:!?'’"“”-]+$/,
  zh: /^(?=.*\p{Script=Han})[\p{Script=Han}，。；：！？、“”‘’,.!? ]+$/u,
};

/** `speakable('It is a red apple.', 'en')` → true */
export function speakable(text: string, language: Language): boolean {
  return text.length <= 200 && patterns[language].test(text);
}
