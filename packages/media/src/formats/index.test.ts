import { describe, expect, it } from 'vitest';
import { loadGoldenCase } from '../testing/golden.ts';
import { inspectImage } from './index.ts';

const { images } = loadGoldenCase();
const image = (name: string) => images.get(name) ?? new Uint8Array();

describe('inspectImage', () => {
  it.each([
    ['animated.gif', { format: 'gif', width: 48, height: 36, animated: true }],
    ['cmyk.jpg', { format: 'jpeg', width: 72, height: 40, cmyk: true }],
    ['exif_rotated.jpg', { format: 'jpeg', width: 96, height: 54, orientation: 6 }],
    ['progressive420.jpg', { format: 'jpeg', width: 45, height: 33, orientation: 1, cmyk: false }],
    ['lossless_alpha.webp', { format: 'webp', width: 30, height: 42, animated: false }],
    ['lossy.webp', { format: 'webp', width: 80, height: 60 }],
    ['one_pixel.png', { format: 'png', width: 1, height: 1 }],
  ])('%s', (name, expected) => {
    expect(inspectImage(image(name))).toMatchObject(expected);
  });

  it('needs only the header', () => {
    expect(inspectImage(image('rgb.png').subarray(0, 64))).toMatchObject({ width: 97, height: 61 });
    expect(inspectImage(image('lossy.webp').subarray(0, 40))).toMatchObject({ width: 80, height: 60 });
  });

  it.each([
    ['BMP', 'BM\x36\0\0\0\0\0\0\0'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['AVIF', '\0\0\0\x20ftypavif\0\0\0\0'],
    ['HEIC', '\0\0\0\x20ftypheic\0\0\0\0'],
    ['PDF', '%PDF-1.7\n'],
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s is refused by name', (name, text) => {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    expect(() => inspectImage(bytes)).toThrow(
      expect.objectContaining({
        code: 'unsupported_image_media_type',
        message: expect.stringContaining(name),
      }),
    );
  });

  it.each([
    ['pixels', { maxPixels: 97 * 61 - 1 }],
    ['a side', { maxSide: 96 }],
    ['bytes', { maxBytes: 100 }],
  ])('the limit on %s holds', (_, limit) => {
    const limits = { maxBytes: 1e6, maxPixels: 1e6, maxSide: 1e6, ...limit };
    expect(() => inspectImage(image('rgb.png'), limits)).toThrow(
      expect.objectContaining({ code: 'image_too_large' }),
    );
  });

  it('a WebP frame larger than its canvas is refused', () => {
    // VP8X canvas 1×1, then a VP8L frame that claims 16384×16384.
    const text = 'RIFF\x22\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0VP8L\x05\0\0\0\x2f\xff\xff\xff\x0f';
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    expect(() => inspectImage(bytes)).toThrow(expect.objectContaining({ code: 'image_parse_error' }));
  });
});
