/**
 * What evaluation found. This is also the JSON of `xllm eval --json`: names are stable, additions are allowed,
 * `format` changes when a name does. All shares are between 0 and 1, `low` and `high` bound their 95 % interval.
 */
import type { Language } from '../data/world.ts';
import type { PictureQuestionType } from '../text/questions.ts';
import type { Proportion } from './proportion.ts';
import type { RelativeReport } from './relative/report.ts';
import type { SpeechReport } from './speech/report.ts';
import type { VideoReport } from './video/report.ts';

export interface ReportHead {
  readonly format: 1;
  readonly model: { readonly id: string; readonly imageSize: number };
  /** Names a thing could be given: one in so many is chance. */
  readonly things: number;
  readonly settings: { readonly seed: number; readonly quick: boolean; readonly limit: number | null };
}

/** A report has the parts that were measured: those whose media the model takes, or those that were asked for. */
export interface EvaluationReport extends ReportHead, Partial<PictureScores> {
  readonly speech?: SpeechReport;
  readonly video?: VideoReport;
  /** With a style that was never trained on; `relativeSeen`: with new scenes of those that were. */
  readonly relative?: RelativeReport;
  readonly relativeSeen?: RelativeReport;
}

/** A report with its pictures. */
export type PictureReport = EvaluationReport & PictureScores;

export const hasPictures = (report: EvaluationReport): report is PictureReport =>
  report.heldOut !== undefined;

export interface PictureScores {
  /** "What is this?" about pictures of a style that was never trained on, as they are. */
  readonly heldOut: NameReport;
  /** The same about the styles trained on, augmented half as strongly as training can, on other backgrounds, from another stream. */
  readonly seen: NameReport;
  /** The same about a sample at full strength, at which people are often wrong too. */
  readonly seenHard: NameReport;
  /** The same about one picture of each thing in a style trained on, as it is: what was learnt, not what carries over. */
  readonly seenPlain: NameReport;
  /** Every other question type, about held-out pictures and about augmented scenes of the seen styles. */
  readonly questions: { readonly heldOut: QuestionTable; readonly seen: QuestionTable };
  /** Most frequent first. */
  readonly confusions: readonly Confusion[];
}

export interface NameReport extends ByLanguage<NameScore> {
  readonly styles: readonly string[];
  readonly pictures: number;
  readonly byCategory: Readonly<Record<string, Labelled & ByLanguage<NameScore>>>;
  readonly bySubcategory: Readonly<Record<string, Labelled & ByLanguage<NameScore>>>;
  readonly byStyle: Readonly<Record<string, ByLanguage<NameScore>>>;
  readonly mistakes: readonly Mistake[];
}

export type ByLanguage<T> = Readonly<Record<Language, T>>;

interface Labelled {
  readonly label: string;
  /** Of a subcategory: the key of its category. */
  readonly category?: string;
}

export interface NameScore extends Proportion {
  /** Share of answers that are the expected name and nothing else. */
  readonly top1: number;
  /** Share of answers that name a thing of the right subcategory. */
  readonly sameSubcategory: number;
  /** Share of answers that are no thing's name, in either language. */
  readonly notAName: number;
}

export interface Mistake {
  readonly style: string;
  readonly language: Language;
  readonly hexcode: string;
  readonly expected: string;
  readonly answer: string;
}

export type QuestionTable = Readonly<Partial<Record<PictureQuestionType, ByLanguage<QuestionScore>>>>;

export interface QuestionScore extends Proportion {
  /** Share of right answers: see `gradedPart` for what is compared. */
  readonly accuracy: number;
  /** Share of answers that equal the expected one as a whole. */
  readonly exact: number;
  /** Accuracy of whoever always gives the answer that is right most often here; of a choice of two, one half. */
  readonly chance: number;
}

/** Two things taken for each other, whichever way round, in both languages together. */
export interface Confusion {
  readonly truth: NamedThing;
  readonly answered: NamedThing;
  /** Wrong answers in all; of those: to held-out pictures, and of `truth` as `answered`. */
  readonly count: number;
  readonly heldOut: number;
  readonly thisWay: number;
}

export interface NamedThing {
  readonly hexcode: string;
  readonly en: string;
  readonly zh: string;
}
