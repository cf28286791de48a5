/** Character and word error rates of a corpus. */
import { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.ts';
import { type EditCounts, editCounts, errorsIn } from './edit-distance.ts';
import { type TranscriptUnit, transcriptUnits } from './transcript.ts';

export interface Transcribed {
  /** What was said. */
  readonly reference: string;
  /** What was written down. */
  readonly hypothesis: string;
}

export interface ErrorRate extends EditCounts, Interval {
  /** Errors over length, both summed over all utterances: may exceed 1. `low` and `high` bound its 95 % interval. */
  readonly rate: number;
  readonly utterances: number;
}

/** Errors of one utterance, after `normaliseTranscript`. */
export function transcriptErrors({ reference, hypothesis }: Transcribed, unit: TranscriptUnit): EditCounts {
  const units = transcriptUnits[unit];
  return editCounts(units(reference), units(hypothesis));
}

const sumOf = (counts: readonly EditCounts[], key: keyof EditCounts): number =>
  counts.reduce((sum, one) => sum + one[key], 0);

/** Errors over length of utterances together. */
export const rateOf = (counts: readonly EditCounts[]): number =>
  counts.reduce((sum, one) => sum + errorsIn(one), 0) / sumOf(counts, 'length');

/**
 * CER (`character`) or WER (`word`) of a corpus, its interval by a bootstrap over utterances.
 *
 *     errorRate([{ reference: 'It is red.', hypothesis: 'it is bread' }], 'word').rate // 1/3
 *
 * @throws RangeError when no utterance says anything.
 */
export function errorRate(
  utterances: readonly Transcribed[],
  unit: TranscriptUnit,
  options: BootstrapOptions = {},
): ErrorRate {
  const counts = utterances.map((one) => transcriptErrors(one, unit));
  if (sumOf(counts, 'length') === 0) throw new RangeError('errorRate: the references are empty');
  return {
    rate: rateOf(counts),
    ...bootstrap(counts, rateOf, options),
    utterances: counts.length,
    substitutions: sumOf(counts, 'substitutions'),
    insertions: sumOf(counts, 'insertions'),
    deletions: sumOf(counts, 'deletions'),
    length: sumOf(counts, 'length'),
  };
}

export interface RateReduction extends Interval {
  /** 1 − rate of the second over rate of the first; above 0 where the second makes fewer errors. */
  readonly reduction: number;
}

/**
 * How much smaller the error rate of the second transcripts is, the same utterances in the same order. The interval
 * draws utterances with both of their transcripts (a paired bootstrap; Bisani & Ney, ICASSP 2004). Null when the first
 * makes no errors.
 *
 * @throws RangeError when there are not as many of both.
 */
export function errorReduction(
  first: readonly Transcribed[],
  second: readonly Transcribed[],
  unit: TranscriptUnit,
  options: BootstrapOptions = {},
): RateReduction | null {
  if (first.length !== second.length)
    throw new RangeError(`errorReduction: ${first.length} and ${second.length} utterances are no pairs`);
  const pairs = first.map((one, place) => {
    const other = second[place] ?? one;
    return { before: transcriptErrors(one, unit), after: transcriptErrors(other, unit) };
  });
  const reductionOf = (drawn: typeof pairs): number =>
    1 - rateOf(drawn.map(({ after }) => after)) / rateOf(drawn.map(({ before }) => before));
  const reduction = reductionOf(pairs);
  if (!Number.isFinite(reduction)) return null;
  return { reduction, ...bootstrap(pairs, (drawn) => reductionOf([...drawn]), options) };
}
