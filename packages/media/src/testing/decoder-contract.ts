import { describe, expect, it } from 'vitest';
import { MediaError, type MediaErrorCode } from '../error.ts';
import { inspectImage } from '../formats/index.ts';
import { normalise } from '../normalise.ts';
import type { ImageDecoder } from '../prepare.ts';
import { difference } from './difference.ts';
import type { GoldenCase } from './golden-case.ts';

export { goldenCase } from './golden-case.ts';

const brokenCodes: Record<string, MediaErrorCode> = {
  'bad_ihdr_crc.png': 'image_parse_error',
  'bomb_60000x60000.gif': 'image_too_large',
  'bomb_60000x60000.png': 'image_too_large',
  'empty.png': 'empty_image_file',
  'lying_header.png': 'image_parse_error',
  'text.jpg': 'invalid_image',
  'truncated.jpg': 'image_parse_error',
  'truncated.png': 'image_parse_error',
  'truncated_header.jpg': 'image_parse_error',
  'vector.png': 'unsupported_image_media_type',
  'zero_size.png': 'image_parse_error',
};

const parity = { alpha: 'drop', orientation: 'ignore' } as const;

/**
 * What every decoder must do, run by libvips in Node and by the WebAssembly codecs in Node and in
 * workerd. `skips` names the pictures that a decoder hands on instead (`canDecode`).
 */
export function decoderContract(
  name: string,
  decoder: ImageDecoder,
  golden: GoldenCase,
  skips: ReadonlySet<string> = new Set(),
): void {
  const tensor = (key: string) => {
    const found = golden.expected.get(key);
    if (!found) throw new Error(`the golden has no ${key}`);
    return found;
  };

  describe(`${name}: pictures as the reference sees them`, () => {
    for (const [file, bytes] of golden.images) {
      const lossy = golden.lossy.has(file);
      if (skips.has(file)) {
        it(`${file} is refused`, async () => {
          await expect(decoder.decodeImage(bytes)).rejects.toMatchObject({
            code: 'unsupported_image_media_type',
          });
        });
        continue;
      }
      it(`${file} decodes`, async () => {
        // gray16: the reference clips 16-bit grey to white; we show what a viewer shows, as its README allows.
        const expected = tensor(file === 'gray16.png' ? `decoded_high_byte.${file}` : `decoded.${file}`);
        const { width, height, rgb } = await decoder.decodeImage(bytes, parity);
        expect([height, width, 3]).toEqual(expected.shape);
        const { max, mean } = difference(rgb, expected.data);
        expect(max).toBeLessThanOrEqual(lossy ? 20 : 0);
        expect(mean).toBeLessThanOrEqual(lossy ? 2 : 0);
      });
      if (file === 'gray16.png') continue;
      it(`${file} is prepared for the model`, async () => {
        const rgb = await decoder.prepareImage(bytes, { size: 56, ...parity });
        const levels = difference(rgb, tensor(`u8_56.${file}`).data);
        if (!lossy) expect(levels.max).toBe(0);
        const pixels = normalise(rgb, { size: 56, mean: golden.mean, std: golden.std });
        const { max, mean } = difference(pixels, tensor(`pixels56.${file}`).data);
        expect(max).toBeLessThanOrEqual(lossy ? 0.3 : 1e-5);
        expect(mean).toBeLessThanOrEqual(lossy ? 0.03 : 1e-6);
      });
    }
  });

  describe(`${name}: EXIF orientation and transparency`, () => {
    it('turns a rotated JPEG upright', async () => {
      const file = 'exif_rotated.jpg';
      const rgb = await decoder.prepareImage(golden.images.get(file) ?? new Uint8Array(), {
        size: 56,
        alpha: 'drop',
      });
      const pixels = normalise(rgb, { size: 56, mean: golden.mean, std: golden.std });
      const { max, mean } = difference(pixels, tensor(`pixels56_exif_transposed.${file}`).data);
      expect(max).toBeLessThanOrEqual(0.3);
      expect(mean).toBeLessThanOrEqual(0.03);
    });

    it('shows transparent pixels on white by default', async () => {
      const bytes = golden.images.get('palette_trns.png') ?? new Uint8Array();
      const dropped = await decoder.decodeImage(bytes, { alpha: 'drop' });
      const shown = await decoder.decodeImage(bytes);
      expect(shown.rgb.some((value, at) => value === 255 && dropped.rgb[at] !== 255)).toBe(true);
      // White can only lighten.
      expect(shown.rgb.every((value, at) => value >= (dropped.rgb[at] ?? 0))).toBe(true);
    });
  });

  describe(`${name}: broken pictures`, () => {
    for (const [file, bytes] of golden.broken) {
      it(`${file} is refused with ${brokenCodes[file]}`, async () => {
        const started = performance.now();
        const error = await decoder.decodeImage(bytes).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(MediaError);
        expect((error as MediaError).code).toBe(brokenCodes[file]);
        expect(performance.now() - started).toBeLessThan(1000);
      });
    }

    it('a cut at any place gives a MediaError, never a grey picture', async () => {
      for (const [file, bytes] of golden.images) {
        if (skips.has(file)) continue;
        for (const share of [0.02, 0.2, 0.5, 0.8, 0.97]) {
          const cut = bytes.subarray(0, Math.floor(bytes.length * share));
          // A GIF whose first frame is whole is enough: later frames are not looked at.
          if (file === 'animated.gif' && isInspectable(cut) && share > 0.2) continue;
          const outcome = await decoder.decodeImage(cut).catch((reason: unknown) => reason);
          expect(outcome, `${file} cut at ${share}`).toBeInstanceOf(MediaError);
        }
      }
    });

    it('flipped bytes give a picture or a MediaError, nothing else', async () => {
      for (const [file, bytes] of golden.images) {
        if (skips.has(file)) continue;
        for (let seed = 1; seed <= 12; seed++) {
          const damaged = bytes.slice();
          // Deterministic: a multiplicative walk over the file's offsets.
          for (let hit = 0, at = seed * 7919; hit < 3; hit++, at = (at * 48271) % 2147483647) {
            damaged[at % damaged.length] = at & 255;
          }
          await decoder.decodeImage(damaged).catch((reason: unknown) => {
            if (!(reason instanceof MediaError)) throw new Error(`${file} #${seed}`, { cause: reason });
          });
        }
      }
    });
  });
}

function isInspectable(bytes: Uint8Array): boolean {
  try {
    inspectImage(bytes);
    return true;
  } catch {
    return false;
  }
}
