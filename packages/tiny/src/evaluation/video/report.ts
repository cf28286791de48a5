/** What evaluation found out about watching: part of the report, whose rules hold here too. */
import type { Motion } from '../../data/video/motions.ts';
import type { VideoQuestionType } from '../../text/motions.ts';
import type { Proportion } from '../proportion.ts';
import type { ByLanguage, QuestionScore } from '../report.ts';

export interface VideoReport {
  /** Frames that the model is shown of a clip. */
  readonly frames: number;
  /** Rendered clips of the style that was never trained on, as it is. */
  readonly heldOut: ClipReport;
  /** Rendered clips of the styles trained on, augmented half as strongly as training can. */
  readonly seen: ClipReport;
  /** "What is in the video?" about things that their makers animated; not part of a sample. */
  readonly animations?: ByLanguage<Proportion & { readonly accuracy: number }>;
}

export interface ClipReport extends ByLanguage<EventScore> {
  readonly clips: number;
  /** Answers in both languages together. */
  readonly all: EventScore;
  readonly byMotion: Readonly<Partial<Record<Motion, EventScore>>>;
  /** What is said to happen, by what happens; both languages. Nonsense stands under `none`. */
  readonly confusion: MotionConfusion;
  /** What guessing would reach: always the commonest motion, any of the names. */
  readonly chance: { readonly motion: number; readonly thing: number; readonly both: number };
  /** Every question type by itself. */
  readonly questions: Readonly<Partial<Record<VideoQuestionType, ByLanguage<QuestionScore>>>>;
}

export type MotionConfusion = Readonly<
  Partial<Record<Motion, Readonly<Partial<Record<Motion | 'none', number>>>>>
>;

/** Answers to "What happens in the video?": of how many what they say happens is right, and of what, and both. */
export interface EventScore {
  readonly motion: Proportion;
  readonly thing: Proportion;
  readonly both: Proportion;
}
