/** What evaluation found out about hearing: part of the report, whose rules hold here too. */
import type { ErrorRate, RateReduction } from '@x-llm/train';
import type { Language } from '../../data/world.ts';
import type { HeardToken } from '../answerer.ts';
import type { Proportion } from '../proportion.ts';
import type { ByLanguage, QuestionTable } from '../report.ts';
import type { NoiseKind } from './noise.ts';

export interface SpeechReport {
  /** How transcripts are made alike before errors are counted. */
  readonly normalisation: string;
  /** In-domain sentences in silence: in voices that training never heard, and in some that it did. */
  readonly heldOut: TranscriptionReport;
  readonly heard: TranscriptionReport;
  /** The same in odd voices that training never heard, by which models and recipes are chosen: no measure of either. */
  readonly choosing: TranscriptionReport;
  /** Held-out voices in noise; CER. */
  readonly noise: readonly NoiseScore[];
  /** Sentences about a thing in noise, half in babble and half in pink, alone and with its picture; CER. */
  readonly withPicture: readonly PictureGain[];
  readonly questions: SpokenQuestions;
  /** English utterances with the time at which each token of their transcript was heard. */
  readonly alignments: readonly Alignment[];
  /** Transcripts in silence that are not right, of held-out voices. */
  readonly mistakes: readonly TranscriptMistake[];
}

export interface TranscriptionReport extends ByLanguage<TranscriptionScore> {
  /** CER by engine and language, `flite en`, and by voice. */
  readonly byEngine: Readonly<Record<string, ErrorRate>>;
  readonly byVoice: Readonly<Record<string, ErrorRate>>;
}

export interface TranscriptionScore {
  readonly cer: ErrorRate;
  /** Of English only. */
  readonly wer?: ErrorRate;
}

export interface NoiseScore extends ByLanguage<ErrorRate> {
  readonly kind: NoiseKind;
  readonly snrDb: number;
}

export interface PictureGain extends ByLanguage<Gain> {
  readonly snrDb: number;
  /** Both languages together. */
  readonly all: Gain;
}

export interface Gain {
  readonly audio: ErrorRate;
  readonly picture: ErrorRate;
  /** Null where the audio alone is written down without a mistake. */
  readonly reduction: RateReduction | null;
}

/** The same questions about the same held-out pictures: typed; spoken alone; spoken with `speechPrompts.answer`. */
export interface SpokenQuestions {
  readonly typed: QuestionSet;
  readonly spoken: QuestionSet;
  readonly prompted: QuestionSet;
}

export interface QuestionSet {
  /** Right answers to all types together. */
  readonly all: Proportion & { readonly accuracy: number };
  readonly types: QuestionTable;
}

export interface Alignment {
  readonly text: string;
  readonly language: Language;
  readonly voice: string;
  readonly seed: number;
  readonly transcript: string;
  readonly tokens: readonly HeardToken[];
}

export interface TranscriptMistake {
  readonly voice: string;
  readonly expected: string;
  readonly answer: string;
}
