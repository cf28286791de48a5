/** Evaluation of the tiny model; see README.md. */

export { type AblationReport, ablationOf, ablationRows, type KeyNumber } from './ablation.ts';
export { type AnimationOptions, type Animations, openAnimations } from './animations.ts';
export type { Answerer, CaptionAnswerer } from './answerer.ts';
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
export { evaluate } from './evaluate.ts';
export { evaluateFolder, type FolderReport, type PictureLabel, readLabels } from './folder.ts';
export {
  type EvaluationPart,
  type MeasureData,
  type MeasureOptions,
  measure,
  openMeasureData,
  partsOf,
} from './measure.ts';
export type { RelativeReport, RelativeScore } from './relative/report.ts';
export type * from './report.ts';
export { hasPictures } from './report.ts';
export type { EvaluationProgress, SectionOptions } from './section.ts';
export type * from './speech/report.ts';
export type { ClipReport, EventScore, VideoReport } from './video/report.ts';
export { type CardOptions, writeCard, writeSheet } from './write-card.ts';
