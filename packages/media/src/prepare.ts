import type { ImageInfo } from './formats/format.ts';
import { formats, inspectImage } from './formats/index.ts';
import { defaultLimits, type ImageLimits } from './limits.ts';
import { type AlphaMode, applyOrientation, flatten, type Pixels, type RgbImage } from './pixels.ts';
import { resizeBicubic } from './resize.ts';

export interface DecodeOptions {
  limits?: ImageLimits;
  /** `apply` (default) turns the picture upright by EXIF; `ignore` leaves it as stored, as X-LLM does. */
  orientation?: 'apply' | 'ignore';
  /** Default `white`. */
  alpha?: AlphaMode;
}

export interface PrepareOptions extends DecodeOptions {
  /** Side of the square the model wants, in pixels. */
  size: number;
}

export interface ImageDecoder {
  /** Upright 8-bit RGB of the first frame. Throws `MediaError`. */
  decodeImage(bytes: Uint8Array, options?: DecodeOptions): Promise<RgbImage>;
  /** `decodeImage`, then a bicubic resize to `size` × `size`: the model's size·size·3 bytes. */
  prepareImage(bytes: Uint8Array, options: PrepareOptions): Promise<Uint8Array>;
}

/** What a platform adds: compressed bytes to pixels, after the header has been checked. */
export type DecodePixels = (bytes: Uint8Array, info: ImageInfo, limits: ImageLimits) => Promise<Pixels>;

/** Everything but the decoders themselves is the same code on every platform. */
export function createImageDecoder(decodePixels: DecodePixels): ImageDecoder {
  async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<RgbImage> {
    const { limits = defaultLimits, orientation = 'apply', alpha = 'white' } = options;
    const info = inspectImage(bytes, limits);
    formats[info.format].assertComplete(bytes);
    const image = flatten(await decodePixels(bytes, info, limits), alpha);
    return applyOrientation(image, orientation === 'apply' ? info.orientation : 1);
  }
  async function prepareImage(bytes: Uint8Array, options: PrepareOptions): Promise<Uint8Array> {
    const { width, height, rgb } = await decodeImage(bytes, options);
    return resizeBicubic(rgb, width, height, options.size, options.size);
  }
  return { decodeImage, prepareImage };
}
