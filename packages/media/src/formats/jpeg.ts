import { MediaError } from '../error.ts';
import { exifOrientation } from './exif.ts';
import { ascii, corrupt, type Format, type ImageInfo, truncated, view } from './format.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
/** Baseline, extended and progressive Huffman: what libjpeg decodes. The other SOFs are lossless or arithmetic. */
const decodableFrames = new Set([0xc0, 0xc1, 0xc2]);
/**
 * Each scan of a progressive JPEG goes over the whole picture, however few bytes it has. Encoders make about ten; more are taken
 * of small pictures.
 */
const mostScans = (pixels: number): number => Math.min(100, Math.max(12, 500_000_000 / pixels));
const notFrames = new Set([0xc4, 0xc8, 0xcc]);

interface Segment {
  marker: number;
  /** Offset of the payload and of the byte after it. */
  start: number;
  end: number;
}

/** The marker segments from `offset` on; entropy-coded data after SOS is skipped. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2;
  for (;;) {
    // Between segments only 0xFF fill bytes belong; libjpeg skips garbage with a warning, and so do we.
    at = bytes.indexOf(0xff, at);
    if (at < 0) throw truncated('JPEG');
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) throw truncated('JPEG');
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)) continue; // stuffing, TEM, RSTn
    if (marker === EOI) {
      yield { marker, start: at, end: at };
      return;
    }
    if (at + 2 > bytes.length) throw truncated('JPEG');
    const length = view(bytes).getUint16(at);
    if (length < 2) throw corrupt('JPEG', `segment 0x${marker.toString(16)} has length ${length}`);
    if (at + length > bytes.length) throw truncated('JPEG');
    yield { marker, start: at + 2, end: at + length };
    at += length;
  }
}

function frameInfo(bytes: Uint8Array, { marker, start, end }: Segment, orientation: number): ImageInfo {
  if (end - start < 6) throw corrupt('JPEG', 'its frame header is too short');
  const data = view(bytes);
  const precision = bytes[start];
  const height = data.getUint16(start + 1);
  const width = data.getUint16(start + 3);
  const components = bytes[start + 5];
  if (width === 0 || height === 0) throw corrupt('JPEG', `its size is ${width}×${height}`);
  if (!decodableFrames.has(marker) || precision !== 8) {
    throw new MediaError(
      'unsupported_image_media_type',
      'Only baseline and progressive 8-bit JPEG is supported, not lossless, arithmetic or 12-bit JPEG.',
    );
  }
  if (components !== 1 && components !== 3 && components !== 4) {
    throw corrupt('JPEG', `it has ${components} colour components`);
  }
  return { format: 'jpeg', width, height, orientation, animated: false, cmyk: components === 4 };
}

export const jpeg: Format = {
  mediaType: 'image/jpeg',
  matches: (bytes) => bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff,

  inspect(bytes) {
    let orientation = 1;
    for (const segment of segments(bytes)) {
      const { marker, start, end } = segment;
      if (marker === APP1 && ascii(bytes, start, 6) === 'Exif\0\0') {
        orientation = exifOrientation(bytes.subarray(start + 6, end));
      } else if (marker >= 0xc0 && marker <= 0xcf && !notFrames.has(marker)) {
        return frameInfo(bytes, segment, orientation);
      } else if (marker === SOS || marker === EOI) {
        break;
      }
    }
    throw corrupt('JPEG', 'it has no frame header');
  },

  assertComplete(bytes) {
    const { width, height } = this.inspect(bytes);
    let scans = 0;
    for (const { marker } of segments(bytes)) {
      if (marker === SOS) scans++;
    }
    if (scans === 0) throw corrupt('JPEG', 'it has no scan');
    if (scans > mostScans(width * height)) throw corrupt('JPEG', `it has ${scans} scans over all of it`);
  },
};
