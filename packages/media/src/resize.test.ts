import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { resizeBicubic } from './resize.ts';
import { loadGoldenCase } from './testing/golden.ts';

const golden = loadGoldenCase();

// Every file, lossy ones too: from the reference's own pixels the resize must agree to the bit.
it.each([...golden.images.keys()])('%s equals Pillow to the bit', (file) => {
  const decoded = golden.expected.get(`decoded.${file}`);
  const [height = 0, width = 0] = decoded?.shape ?? [];
  const rgb = Uint8Array.from(decoded?.data ?? []);
  const large = createHash('sha256').update(resizeBicubic(rgb, width, height, 224, 224));
  expect(large.digest('hex')).toBe(golden.sha256At224.get(file));
  const resized = resizeBicubic(rgb, width, height, 56, 56);
  expect(resized).toEqual(golden.expected.get(`u8_56.${file}`)?.data);
});

it('a flat picture stays flat at any size', () => {
  for (const [width, height] of [
    [1, 1],
    [7, 900],
    [900, 7],
  ] as const) {
    const out = resizeBicubic(new Uint8Array(width * height * 3).fill(201), width, height, 33, 33);
    expect(new Set(out)).toEqual(new Set([201]));
  }
});

it('an unchanged size is a copy, not the same memory', () => {
  const rgb = Uint8Array.from({ length: 12 }, (_, at) => at);
  const out = resizeBicubic(rgb, 2, 2, 2, 2);
  expect(out).toEqual(rgb);
  expect(out.buffer).not.toBe(rgb.buffer);
});

it('says what does not fit', () => {
  expect(() => resizeBicubic(new Uint8Array(11), 2, 2, 4, 4)).toThrow('expected 12 bytes for 2×2, got 11');
  expect(() => resizeBicubic(new Uint8Array(0), 0, 2, 4, 4)).toThrow('0×2 to 4×4');
});
