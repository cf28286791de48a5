export { MediaError, type MediaErrorCode } from './error.ts';
export type { ImageFormat, ImageInfo } from './formats/format.ts';
export { formats, inspectImage } from './formats/index.ts';
export { defaultLimits, type ImageLimits } from './limits.ts';
export { clipNormalisation, type Normalisation, normalise } from './normalise.ts';
export type { AlphaMode, RgbImage } from './pixels.ts';
export type { DecodeOptions, ImageDecoder, PrepareOptions } from './prepare.ts';
export { resizeBicubic } from './resize.ts';
