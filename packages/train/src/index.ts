/** Training: parameters, optimiser, schedules, the loop; see README.md. */
export { AdamW, type AdamWOptions, decayByName, decayMatrices, globalNorm } from './adamw.ts';
export {
  activePower,
  addFeatures,
  babble,
  beginAt,
  changeDynamics,
  changeHiss,
  changePace,
  colouredNoise,
  hum,
  mixAtSnr,
  mixFeaturesAtSnr,
  moveFormants,
  type NoiseColour,
  noiseColours,
  type SpecAugmentOptions,
  sharpenFormants,
  sharpenTransitions,
  specAugment,
  warpFrequency,
  warpTime,
} from './augment/speech/index.ts';
export { WeightAverage } from './average.ts';
export { curveSvg, drawCurve } from './curve.ts';
export { TrainError, type TrainErrorCode } from './error.ts';
export { type BatchResult, type FitOptions, fit } from './fit.ts';
export {
  type BootstrapOptions,
  bootstrap,
  bootstrapGroups,
  containsName,
  type EditCounts,
  type ErrorRate,
  editCounts,
  errorRate,
  errorReduction,
  errorsIn,
  exactMatch,
  gradedScore,
  type Interval,
  normaliseTranscript,
  type RateReduction,
  type Transcribed,
  type TranscriptUnit,
  tokenF1,
  transcriptErrors,
  transcriptUnits,
} from './metrics/index.ts';
export {
  type MediaPiece,
  type MixedExample,
  packMixedBatch,
  withPlaceholders,
} from './mixed-batch.ts';
export {
  type AlignMediaOptions,
  alignMedia,
  type HeardMedia,
  heardBy,
  mediaRows,
  seenBy,
} from './objectives/align-media.ts';
export { type AlignTokensOptions, alignTokens } from './objectives/align-tokens.ts';
export {
  type AlignWordsOptions,
  alignWords,
  anyPhrase,
  type PhraseEmbeddings,
  phraseEmbeddings,
} from './objectives/align-words.ts';
export { type ClassifyOptions, classify, noLabel } from './objectives/classify.ts';
export { languageModel, type TextBatchShape } from './objectives/language-model.ts';
export { type Stage1ImageOptions, stage1Image } from './objectives/stage1-image.ts';
export {
  type CtcOptions,
  firingThreshold,
  noToken,
  type Stage1SpeechOptions,
  stage1Speech,
} from './objectives/stage1-speech.ts';
export { chatGlmTeacher, glmTeacher, type Teacher } from './objectives/teacher.ts';
export {
  type Initialise,
  initialiseTransformer,
  ParameterStore,
  type TrainedParameter,
} from './parameter-store.ts';
export { dealt, labelCounts, partsOf, partsWithin } from './parts.ts';
export { createProgress, type Progress } from './progress.ts';
export { createRandom, type Random, seedOf } from './random.ts';
export { type LogPoint, type RunLog, readRunLog } from './run-log.ts';
export {
  hasCheckpoint,
  loadRunState,
  loadWeights,
  newestCheckpoint,
  type RunState,
  saveRunState,
} from './run-state.ts';
export { epochCosine, type Schedule, warmupCosine } from './schedule.ts';
export { packSpeechBatch, type SpeechBatchShape, type SpeechExample } from './speech-batch.ts';
export { exampleLength, packTextBatch, type TextExample } from './text-batch.ts';
export { usefulThreads } from './threads.ts';
export { type StepInputs, TrainingStep, type TrainingStepOptions } from './training-step.ts';
