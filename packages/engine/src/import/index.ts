/** Public checkpoints become bundles. */

export { compareStates, type Fidelity } from './fidelity.ts';
export { bundleName, type Form, findForm, imageFamilyIn } from './form.ts';
export {
  type ImageImportOptions,
  type ImageSizes,
  type ImportedInterface,
  type OpenImageInterface,
  openImageInterface,
} from './image.ts';
export { imageFamilies } from './image-families.ts';
export {
  type Imported,
  type ImportOptions,
  importCheckpoint,
  type MeasuredPerplexity,
} from './import.ts';
export {
  type ImportedInterfaces,
  type ImportInterfacesOptions,
  type InterfaceOptions,
  importInterfaces,
} from './interfaces.ts';
export { cFormerLayout, imageLayout, modelLayout, paraformerLayout } from './layout.ts';
export type { QuantizationError } from './quantize.ts';
export { type AddedSpeech, type AddSpeechOptions, addSpeechInterface } from './speech/add.ts';
export { type ImportedSpeech, importSpeechInterface, type SpeechImportOptions } from './speech/index.ts';
export { NamedTensors, placesBy, type TensorRule } from './tensors.ts';
