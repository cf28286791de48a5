import { MediaError } from '../error.ts';

export type ImageFormat = 'gif' | 'jpeg' | 'png' | 'webp';

/** What the header says, before anything is decoded. */
export interface ImageInfo {
  format: ImageFormat;
  /** As stored; EXIF orientation is not applied. */
  width: number;
  height: number;
  /** EXIF orientation 1–8; 1 when there is none. */
  orientation: number;
  /** More than one frame; only the first is ever decoded. */
  animated: boolean;
  /** Four-component JPEG (print colours). */
  cmyk: boolean;
}

/** A container format: how to recognise it, read its header and notice that its end is missing. */
export interface Format {
  mediaType: string;
  matches(bytes: Uint8Array): boolean;
  /** Reads the header alone. Throws `invalid_image` or `image_parse_error`. */
  inspect(bytes: Uint8Array): ImageInfo;
  /** Throws `image_parse_error` when the file stops before its end; decoders alone would paint the rest grey. */
  assertComplete(bytes: Uint8Array): void;
}

export function truncated(format: string): MediaError {
  return new MediaError('image_parse_error', `The ${format} image is truncated.`);
}

export function corrupt(format: string, what: string, cause?: unknown): MediaError {
  return new MediaError('image_parse_error', `The ${format} image is corrupt: ${what}.`, { cause });
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** ASCII of a few bytes, for signatures and chunk names. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
