/** Public checkpoints become bundles. */
export { type Imported, type ImportOptions, importCheckpoint } from './import.ts';
