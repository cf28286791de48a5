import { exifOrientation } from './exif.ts';
import { ascii, corrupt, type Format, type ImageInfo, truncated, view } from './format.ts';

const animationFlag = 0x02;

interface Chunk {
  name: string;
  data: Uint8Array;
}

/** RIFF chunks (even-padded). Stops quietly at a chunk that the file cuts off. */
function* chunks(bytes: Uint8Array): Generator<Chunk> {
  const data = view(bytes);
  const fileEnd = Math.min(bytes.length, 8 + data.getUint32(4, true));
  for (let at = 12; at + 8 <= fileEnd; ) {
    const sizeBytes = data.getUint32(at + 4, true);
    yield { name: ascii(bytes, at, 4), data: bytes.subarray(at + 8, at + 8 + sizeBytes) };
    at += 8 + sizeBytes + (sizeBytes & 1);
  }
}

function uint24(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

type Size = Pick<ImageInfo, 'width' | 'height'>;

function lossySize(data: Uint8Array): Size {
  if (data.length < 10) throw truncated('WebP');
  if (uint24(data, 3) !== 0x2a019d) throw corrupt('WebP', 'its VP8 frame has no start code');
  const fields = view(data);
  return { width: fields.getUint16(6, true) & 0x3fff, height: fields.getUint16(8, true) & 0x3fff };
}

function losslessSize(data: Uint8Array): Size {
  if (data.length < 5) throw truncated('WebP');
  if (data[0] !== 0x2f) throw corrupt('WebP', 'its VP8L frame has no signature');
  const bits = view(data).getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

export const webp: Format = {
  mediaType: 'image/webp',
  matches: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP',

  inspect(bytes) {
    let canvas: Size | undefined;
    let frame: Size | undefined;
    let animated = false;
    let orientation = 1;
    for (const { name, data } of chunks(bytes)) {
      if (name === 'VP8X') {
        if (data.length < 10) throw truncated('WebP');
        animated = ((data[0] ?? 0) & animationFlag) !== 0;
        canvas = { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
      } else if (name === 'VP8 ') frame ??= lossySize(data);
      else if (name === 'VP8L') frame ??= losslessSize(data);
      else if (name === 'EXIF') {
        // Some writers keep JPEG's "Exif\0\0" prefix here.
        orientation = exifOrientation(ascii(data, 0, 6) === 'Exif\0\0' ? data.subarray(6) : data);
      }
    }
    const size = canvas ?? frame;
    if (!size || (!frame && !animated)) throw truncated('WebP');
    if (size.width === 0 || size.height === 0)
      throw corrupt('WebP', `its size is ${size.width}×${size.height}`);
    // The decoder allocates by the frame, the limits look at the canvas: they must agree.
    if (frame && !animated && (frame.width !== size.width || frame.height !== size.height)) {
      throw corrupt(
        'WebP',
        `canvas ${size.width}×${size.height} and frame ${frame.width}×${frame.height} differ`,
      );
    }
    return { format: 'webp', ...size, orientation, animated, cmyk: false };
  },

  assertComplete(bytes) {
    if (8 + view(bytes).getUint32(4, true) > bytes.length) throw truncated('WebP');
  },
};
