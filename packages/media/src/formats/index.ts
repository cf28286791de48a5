import { MediaError } from '../error.ts';
import { assertDimensions, assertSize, defaultLimits, type ImageLimits } from '../limits.ts';
import { ascii, type Format, type ImageFormat, type ImageInfo } from './format.ts';
import { gif } from './gif/header.ts';
import { jpeg } from './jpeg.ts';
import { png } from './png/header.ts';
import { webp } from './webp.ts';

/** Every format that is decoded. A new one is one folder and one line here. */
export const formats: { [Id in ImageFormat]: Format } = { gif, jpeg, png, webp };

/** Formats people do send and that are refused by name, so that the message can say what to do. */
const refused: { name: string; matches(bytes: Uint8Array): boolean }[] = [
  { name: 'BMP', matches: (b) => ascii(b, 0, 2) === 'BM' },
  { name: 'TIFF', matches: (b) => ['II*\0', 'MM\0*'].includes(ascii(b, 0, 4)) },
  { name: 'AVIF', matches: (b) => ascii(b, 4, 4) === 'ftyp' && /^avi[fs]/.test(ascii(b, 8, 4)) },
  { name: 'HEIC', matches: (b) => ascii(b, 4, 4) === 'ftyp' && /^(hei|hev|mif|msf)/.test(ascii(b, 8, 4)) },
  {
    name: 'JPEG XL',
    matches: (b) => (b[0] === 0xff && b[1] === 0x0a) || ascii(b, 4, 8) === 'JXL \r\n\x87\n',
  },
  { name: 'PDF', matches: (b) => ascii(b, 0, 5) === '%PDF-' },
  { name: 'SVG', matches: (b) => ascii(b, 0, 1024).includes('<svg') },
];

function formatOf(bytes: Uint8Array): Format {
  for (const format of Object.values(formats)) {
    if (format.matches(bytes)) return format;
  }
  const known = refused.find((candidate) => candidate.matches(bytes));
  if (known) {
    throw new MediaError(
      'unsupported_image_media_type',
      `${known.name} images are not supported; send PNG, JPEG, WebP or GIF.`,
    );
  }
  throw new MediaError('invalid_image', 'The data is not a PNG, JPEG, WebP or GIF image.');
}

/**
 * Format, size and orientation from the header alone: nothing is decoded and nothing the size of
 * the picture is allocated, so a header that lies is refused in microseconds.
 *
 * `inspectImage(bytes)` → `{ format: 'png', width: 640, height: 480, … }`. Throws `MediaError`.
 */
export function inspectImage(bytes: Uint8Array, limits: ImageLimits = defaultLimits): ImageInfo {
  assertSize(bytes.length, limits);
  const info = formatOf(bytes).inspect(bytes);
  assertDimensions(info.width, info.height, limits);
  return info;
}
