/** Whether an answer is right. */
import { gradedScore } from '@x-llm/train';
import { type Language, normaliseName } from '../data/world.ts';
import { readEvent, type VideoQuestionType } from '../text/motions.ts';
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
    ? bareName(text.replace(/^(this|that|it) is /, ''))
    : text.replace(/^[这那它]是/, '');
}

const bareName = (name: string): string => normaliseName(name).replace(/^(an?|the) /, '');

/** Whether two answers about a clip say something of the same thing. */
export function sameSubject(answer: string, expected: string, language: Language): boolean {
  const [given, wanted] = [answer, expected].map((text) => bareName(readEvent(text, language).subject));
  return wanted !== '' && given === wanted;
}

/** What of an answer about a clip is graded: what happens and to what, or one of them, or the verdict. */
const gradedOfClip: Readonly<Record<VideoQuestionType, (answer: string, language: Language) => string>> = {
  event: (answer, language) => {
    const { subject: who, motion } = readEvent(answer, language);
    return motion ? `${bareName(who)} ${motion}` : '';
  },
  motion: (answer, language) => readEvent(answer, language).motion ?? '',
  thing: normaliseName,
  doesIt: verdict,
};

export function videoGradedPart(type: VideoQuestionType, language: Language, answer: string): string {
  return gradedOfClip[type](answer, language);
}

export function isRightAboutClip(
  type: VideoQuestionType,
  language: Language,
  answer: string,
  expected: string,
): boolean {
  const wanted = videoGradedPart(type, language, expected);
  return wanted !== '' && videoGradedPart(type, language, answer) === wanted;
}

interface Graded {
  readonly type: PictureQuestionType | VideoQuestionType;
  readonly language: Language;
  readonly expected: string;
  /** Of the thing in question. */
  readonly name: string;
}

/** The whole answer is what matters. */
const whole = ({ expected }: Graded, answer: string): number => gradedScore(answer, expected, expected);
/** Half for the verdict, half for the rest; nothing for the wrong verdict. */
const judged = ({ expected, language }: Graded, answer: string): number =>
  verdict(answer, language) === verdict(expected, language) ? (1 + gradedScore(answer, expected)) / 2 : 0;

/** "It is used for cutting." → 'cutting'; '用来切。' → '切'. */
const useIn = (answer: string): string => answer.replace(/^It is used for |^用来/, '');

const grades: Readonly<
  Record<PictureQuestionType | VideoQuestionType, (asked: Graded, answer: string) => number>
> = {
  name: whole,
  category: whole,
  colour: whole,
  which: whole,
  translate: whole,
  left: whole,
  right: whole,
  count: whole,
  thing: whole,
  isIt: judged,
  isA: judged,
  doesIt: judged,
  use: ({ expected }, answer) => gradedScore(answer, expected, useIn(expected)),
  describe: ({ expected, name }, answer) => gradedScore(answer, expected, name),
  motion: ({ expected, language }, answer) =>
    isRightAboutClip('motion', language, answer, expected) ? 1 : 0,
  event: ({ expected, language }, answer) =>
    (Number(isRightAboutClip('motion', language, answer, expected)) +
      Number(sameSubject(answer, expected, language))) /
    2,
};

/** 0 to 1, for the relative score: how nearly an answer says what was expected, where it matters. */
export function gradedAnswer(asked: Graded, answer: string): number {
  return grades[asked.type](asked, answer);
}
