/** Answers to numbers. */
import { type Thing, thingNamed } from '../data/world.ts';
import { type PictureQuestionType, pictureQuestionTypes } from '../text/questions.ts';
import { gradedPart, isExact, isRight } from './grade.ts';
import { wilson } from './proportion.ts';
import type { ByLanguage, Mistake, NameReport, NameScore, QuestionScore, QuestionTable } from './report.ts';
import { type Answered, languages } from './sample.ts';

export function nameScore(answers: readonly Answered[]): NameScore {
  const share = (holds: (answer: Answered) => boolean): number =>
    answers.filter(holds).length / answers.length;
  const correct = answers.filter(({ answer, expected }) => isExact(answer, expected)).length;
  return {
    ...wilson(correct, answers.length),
    top1: correct / answers.length,
    sameSubcategory: share(({ answer, thing }) => thingNamed(answer)?.subgroup === thing.subgroup),
    notAName: share(({ answer }) => thingNamed(answer) === undefined),
  };
}

export function nameReport(answers: readonly Answered[], pictures: number): NameReport {
  const styles = [...new Set(answers.map(({ style }) => style))];
  return {
    styles,
    pictures,
    ...byLanguage(answers, nameScore),
    byCategory: grouped(
      answers,
      ({ thing }) => thing.group.key,
      ({ group }) => ({ label: group.en }),
    ),
    bySubcategory: grouped(
      answers,
      ({ thing }) => thing.subgroup.key,
      ({ subgroup, group }) => ({
        label: subgroup.en,
        category: group.key,
      }),
    ),
    byStyle: grouped(
      answers,
      ({ style }) => style,
      () => ({}),
    ),
    mistakes: answers.filter(({ answer, expected }) => !isExact(answer, expected)).map(mistake),
  };
}

function mistake({ style, language, thing, expected, answer }: Answered): Mistake {
  return { style, language, hexcode: thing.hexcode, expected, answer };
}

/** Scores of both languages. @throws when one of them was not asked at all. */
function byLanguage<T>(
  answers: readonly Answered[],
  score: (answers: readonly Answered[]) => T,
): ByLanguage<T> {
  const of = (language: Answered['language']): T => score(answers.filter((one) => one.language === language));
  return { en: of('en'), zh: of('zh') };
}

function grouped<T>(
  answers: readonly Answered[],
  keyOf: (answer: Answered) => string,
  label: (thing: Thing) => T,
): Record<string, T & ByLanguage<NameScore>> {
  const groups = Object.groupBy(answers, keyOf);
  return Object.fromEntries(
    Object.entries(groups).flatMap(([key, group = []]) => {
      const [first] = group;
      return first ? [[key, { ...label(first.thing), ...byLanguage(group, nameScore) }]] : [];
    }),
  );
}

export function questionScore(answers: readonly Answered[]): QuestionScore {
  const right = answers.filter(({ type, language, answer, expected }) =>
    isRight(type, language, answer, expected),
  );
  const exact = answers.filter(({ answer, expected }) => isExact(answer, expected));
  const wanted = Object.groupBy(answers, ({ type, language, expected }) =>
    gradedPart(type, language, expected),
  );
  const commonest = Math.max(...Object.values(wanted).map((same) => same?.length ?? 0));
  const isChoice = answers.every(({ type }) => type === 'which');
  return {
    ...wilson(right.length, answers.length),
    accuracy: right.length / answers.length,
    exact: exact.length / answers.length,
    chance: Math.max(commonest / answers.length, isChoice ? 1 / 2 : 0),
  };
}

/** Types that were asked in both languages. */
export function questionTable(answers: readonly Answered[]): QuestionTable {
  const table: Partial<Record<PictureQuestionType, ByLanguage<QuestionScore>>> = {};
  for (const type of pictureQuestionTypes) {
    const ofType = answers.filter((answer) => answer.type === type);
    if (languages.every((language) => ofType.some((answer) => answer.language === language))) {
      table[type] = byLanguage(ofType, questionScore);
    }
  }
  return table;
}
