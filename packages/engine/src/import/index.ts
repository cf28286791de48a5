/** Public checkpoints become bundles. */

export { type Imported, type ImportOptions, importCheckpoint } from './import.ts';
export type { QuantizationError } from './quantize.ts';
