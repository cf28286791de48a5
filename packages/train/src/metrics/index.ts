/** Measures of answers and transcripts. */
export {
  type BootstrapOptions,
  bootstrap,
  bootstrapGroups,
  type Interval,
} from './bootstrap.ts';
export { type EditCounts, editCounts, errorsIn } from './edit-distance.ts';
export {
  type ErrorRate,
  errorRate,
  errorReduction,
  type RateReduction,
  type Transcribed,
  transcriptErrors,
} from './error-rate.ts';
export { containsName, exactMatch, gradedScore, tokenF1 } from './graded-score.ts';
export { normaliseTranscript, type TranscriptUnit, transcriptUnits } from './transcript.ts';
