import { MediaError } from './error.ts';

export interface ImageLimits {
  /** Longest file accepted, in bytes. */
  maxBytes: number;
  /** Most pixels (width × height) a header may declare. */
  maxPixels: number;
  /** Longest side: bounds the intermediate rows of the resize, which grow with one side alone. */
  maxSide: number;
}

/** 40 megapixels hold today's phone pictures; 20 MiB is what the HTTP API accepts as a body. */
export const defaultLimits: ImageLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxPixels: 40_000_000,
  maxSide: 32_768,
};

/** Throws `image_too_large` for a header that declares more than the limits; nothing is allocated. */
export function assertDimensions(width: number, height: number, limits: ImageLimits): void {
  if (width * height > limits.maxPixels || Math.max(width, height) > limits.maxSide) {
    throw new MediaError(
      'image_too_large',
      `The image is ${width}×${height}; at most ${limits.maxPixels} pixels and ${limits.maxSide} per side are accepted.`,
    );
  }
}

export function assertSize(sizeBytes: number, limits: ImageLimits): void {
  if (sizeBytes === 0) throw new MediaError('empty_image_file', 'The image is empty (0 bytes).');
  if (sizeBytes > limits.maxBytes) {
    throw new MediaError(
      'image_too_large',
      `The image has ${sizeBytes} bytes; at most ${limits.maxBytes} are accepted.`,
    );
  }
}
