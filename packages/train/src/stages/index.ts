/** The three stages on data of one's own. */
export {
  exampleConfig,
  parseStageConfig,
  readStageConfig,
  type StageConfig,
  type StageModality,
  type StageName,
  stageDefaults,
  stageModalities,
  stageNames,
} from './config.ts';
export { type DryRun, dryRunLines } from './dry-run.ts';
export type { TaskReport } from './examples.ts';
export { dryRunStage, runStage, type StageResult, type StageRunOptions } from './run.ts';
export { type RunRecord, readRunRecord } from './run-folder.ts';
