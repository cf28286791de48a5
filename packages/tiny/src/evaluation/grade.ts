/** Whether an answer is right. */
import { type Language, normaliseName } from '../data/world.ts';
import type { PictureQuestionType } from '../text/questions.ts';

/** The whole answer, but for case, outer punctuation and spacing. */
export function isExact(answer: string, expected: string): boolean {
  return normaliseName(answer) === normaliseName(expected);
}

/**
 * What of an answer is graded, per question type: of yes-or-no questions the verdict, of a description the thing it
 * says the picture shows, of all others the whole answer. Empty when the answer holds no such thing.
 */
const graded: Readonly<Record<PictureQuestionType, (answer: string, language: Language) => string>> = {
  name: normaliseName,
  category: normaliseName,
  colour: normaliseName,
  which: normaliseName,
  translate: normaliseName,
  use: normaliseName,
  left: normaliseName,
  right: normaliseName,
  count: normaliseName,
  isIt: verdict,
  isA: verdict,
  describe: subject,
};

export function gradedPart(type: PictureQuestionType, language: Language, answer: string): string {
  return graded[type](answer, language);
}

export function isRight(
  type: PictureQuestionType,
  language: Language,
  answer: string,
  expected: string,
): boolean {
  const wanted = gradedPart(type, language, expected);
  return wanted !== '' && gradedPart(type, language, answer) === wanted;
}

/** 'yes', 'no' or ''. */
function verdict(answer: string, language: Language): string {
  const text = normaliseName(answer);
  if (language === 'en') return /^(yes|no)\b/.exec(text)?.[0] ?? '';
  return text.startsWith('是') ? 'yes' : text.startsWith('不是') ? 'no' : '';
}

/** "This is a fox, a mammal: …" → 'fox'; '这是狐狸，属于…' → '狐狸'. */
function subject(answer: string, language: Language): string {
  const [head = ''] = answer.split(language === 'en' ? /[,.:;]/ : /[，。：；,]/);
  const text = normaliseName(head);
  return language === 'en'
    ? text.replace(/^(this|that|it) is /, '').replace(/^(an?|the) /, '')
    : text.replace(/^[这那它]是/, '');
}
