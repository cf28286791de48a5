export type { Component } from './bundle/component.ts';
export type { ImageInterface } from './bundle/interfaces/image.ts';
export type { SpeechInterface } from './bundle/interfaces/speech.ts';
export type { VideoInterface } from './bundle/interfaces/video.ts';
export {
  type AnyManifest,
  type BundleManifest,
  type FileEntry,
  hasLanguageModel,
  type PartsManifest,
  weightsOf,
} from './bundle/manifest.ts';
export { Bundle, type BundleOptions, openAnyBundle, openBundle } from './bundle/open.ts';
export { type FileSource, writeBundle } from './bundle/write.ts';
export {
  bfloat16ToFloat32,
  type DType,
  dtypes,
  float32ToBfloat16,
  isFiniteData,
  type TensorData,
  toFloat32,
} from './dtype.ts';
export { CheckpointError, type CheckpointErrorCode } from './error.ts';
export {
  blockSizes,
  type Quantization,
  type QuantizedBlocks,
  quantizeBlocks,
  quantizedBits,
  quantizedShapes,
  relativeError,
  unpackBlocks,
} from './quantize/blocks.ts';
export { readWhole, wholeFileLimits } from './read-whole.ts';
export { openSafetensors, SafetensorsFile } from './safetensors/read.ts';
export { type TensorSource, writeSafetensors } from './safetensors/write.ts';
export { diskOf, requireSpace, requireSpaceForAll } from './space.ts';
export { type OpenOptions, TensorFile, type TensorInfo } from './tensor-file.ts';
export { openTorch, TorchFile } from './torch/read.ts';
export { TorchDType, TorchTensor, type TorchValue } from './torch/values.ts';
export { openWeights, Weights } from './weights.ts';
