/** Evaluation of the tiny model; see README.md. */

export { type AnimationOptions, type Animations, openAnimations } from './animations.ts';
export type { Answerer } from './answerer.ts';
export { decodeClip, encodeClip } from './clip-files.ts';
export {
  animationSamples,
  type ClipEvaluationData,
  type ClipSample,
  type ClipSampleOptions,
  openClipEvaluationData,
  renderedClipSamples,
} from './clip-samples.ts';
export { type EvaluationData, openEvaluationData } from './data.ts';
export { type EvaluationOptions, type EvaluationProgress, evaluate } from './evaluate.ts';
export { evaluateFolder, type FolderReport, type PictureLabel, readLabels } from './folder.ts';
export type * from './report.ts';
export { type CardOptions, writeCard, writeSheet } from './write-card.ts';
