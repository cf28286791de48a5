/** Answers about clips to numbers. */
import { type Motion, motions } from '../../data/video/motions.ts';
import { type Language, world } from '../../data/world.ts';
import { readEvent, type VideoQuestionType, videoQuestionTypes } from '../../text/motions.ts';
import type { ClipSample } from '../clip-samples.ts';
import { isExact, isRightAboutClip, sameSubject, videoGradedPart } from '../grade.ts';
import { wilson } from '../proportion.ts';
import type { ByLanguage, QuestionScore } from '../report.ts';
import { languages } from '../sample.ts';
import type { ClipReport, EventScore, MotionConfusion } from './report.ts';

export interface ClipAnswer {
  readonly sample: ClipSample;
  readonly motion: Motion;
  readonly type: VideoQuestionType;
  readonly language: Language;
  readonly expected: string;
  readonly answer: string;
}

export function clipReport(answers: readonly ClipAnswer[], clips: number): ClipReport {
  const events = answers.filter(({ type }) => type === 'event');
  const score = (wanted: (one: ClipAnswer) => boolean): EventScore => eventScore(events.filter(wanted));
  const commonest = Math.max(
    ...motions.map((motion) => events.filter((one) => one.motion === motion).length / events.length),
  );
  const [en, zh] = languages.map((language) => score((one) => one.language === language));
  if (!en || !zh) throw new Error('both languages are asked');
  return {
    clips,
    all: eventScore(events),
    en,
    zh,
    byMotion: Object.fromEntries(
      motions
        .filter((motion) => events.some((one) => one.motion === motion))
        .map((motion) => [motion, score((one) => one.motion === motion)]),
    ),
    confusion: confusionOf(events),
    chance: { motion: commonest, thing: 1 / world.length, both: commonest / world.length },
    questions: questionsOf(answers),
  };
}

function eventScore(events: readonly ClipAnswer[]): EventScore {
  const isMotion = ({ answer, language, motion }: ClipAnswer): boolean =>
    readEvent(answer, language).motion === motion;
  const isThing = ({ answer, language, expected }: ClipAnswer): boolean =>
    sameSubject(answer, expected, language);
  const share = (holds: (one: ClipAnswer) => boolean) => wilson(events.filter(holds).length, events.length);
  return {
    motion: share(isMotion),
    thing: share(isThing),
    both: share((one) => isMotion(one) && isThing(one)),
  };
}

function confusionOf(events: readonly ClipAnswer[]): MotionConfusion {
  const rows: Partial<Record<Motion, Partial<Record<Motion | 'none', number>>>> = {};
  for (const { motion, answer, language } of events) {
    const said = readEvent(answer, language).motion ?? 'none';
    const row = rows[motion] ?? {};
    rows[motion] = row;
    row[said] = (row[said] ?? 0) + 1;
  }
  return rows;
}

function questionsOf(answers: readonly ClipAnswer[]): ClipReport['questions'] {
  const table: Partial<Record<VideoQuestionType, ByLanguage<QuestionScore>>> = {};
  for (const type of videoQuestionTypes) {
    const of = (language: Language): QuestionScore =>
      clipQuestionScore(answers.filter((one) => one.type === type && one.language === language));
    table[type] = { en: of('en'), zh: of('zh') };
  }
  return table;
}

function clipQuestionScore(answers: readonly ClipAnswer[]): QuestionScore {
  const right = answers.filter(({ type, language, answer, expected }) =>
    isRightAboutClip(type, language, answer, expected),
  ).length;
  const wanted = Object.groupBy(answers, ({ type, language, expected }) =>
    videoGradedPart(type, language, expected),
  );
  const commonest = Math.max(...Object.values(wanted).map((same) => same?.length ?? 0));
  return {
    ...wilson(right, answers.length),
    accuracy: right / answers.length,
    exact: answers.filter(({ answer, expected }) => isExact(answer, expected)).length / answers.length,
    chance: commonest / answers.length,
  };
}
