/** Public checkpoints become bundles. */

export { bundleName, findFamily, type Imported, type ImportOptions, importCheckpoint } from './import.ts';
export type { QuantizationError } from './quantize.ts';
export { type AddedSpeech, type AddSpeechOptions, addSpeechInterface } from './speech/add.ts';
export { type ImportedSpeech, importSpeechInterface, type SpeechImportOptions } from './speech/index.ts';
