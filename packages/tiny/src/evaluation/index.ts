/** Evaluation of the tiny model; see README.md. */
export type { Answerer } from './answerer.ts';
export { type EvaluationData, openEvaluationData } from './data.ts';
export { type EvaluationOptions, type EvaluationProgress, evaluate } from './evaluate.ts';
export { evaluateFolder, type FolderReport, type PictureLabel, readLabels } from './folder.ts';
export type * from './report.ts';
export { type CardOptions, writeCard, writeSheet } from './write-card.ts';
