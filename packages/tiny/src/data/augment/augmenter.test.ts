import { beforeAll, describe, expect, it } from 'vitest';
import type { Pictures } from '../pictures.ts';
import { Rng } from '../rng.ts';
import { drawnPictures } from '../testing.ts';
import { Augmenter } from './augmenter.ts';
import { jpegLike } from './dct.ts';
import { countScene, pairScene, randomScene } from './scene.ts';

const size = 48;
let pictures: Pictures;
let augmenter: Augmenter;
beforeAll(() => {
  pictures = drawnPictures();
  augmenter = new Augmenter(pictures, size, new Rng(0));
});

const rgb = (): Uint8Array => new Uint8Array(size * size * 3);
const pixel = (out: Uint8Array, x: number, y: number): number[] => [
  ...out.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];

describe('augmentation', () => {
  it('is a function of its seed', () => {
    const [a, b, c] = [rgb(), rgb(), rgb()];
    augmenter.single(a, 0, 2, 0, new Rng(9, 1), 1);
    augmenter.single(b, 0, 3, 1, new Rng(4, 4), 1); // leaves nothing behind
    augmenter.single(b, 0, 2, 0, new Rng(9, 1), 1);
    augmenter.single(c, 0, 2, 0, new Rng(9, 2), 1);
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it('at strength 0 shows the picture as it is, on white', () => {
    const out = rgb();
    augmenter.single(out, 0, 2, 0, new Rng(1), 0);
    expect(pixel(out, 0, 0)).toEqual([255, 255, 255]);
    for (const [k, v] of [74, 242, 0].entries())
      expect(Math.abs((pixel(out, 24, 24)[k] ?? 0) - v)).toBeLessThanOrEqual(2);
  });

  it('writes nothing outside its bytes, and refuses a buffer that is too small', () => {
    const out = new Uint8Array(size * size * 3 + 20).fill(7);
    for (let i = 0; i < 40; i++) augmenter.single(out, 10, i % 8, 0, new Rng(i), 1);
    expect([...out.subarray(0, 10), ...out.subarray(-10)]).toEqual(Array(20).fill(7));
    expect(() => augmenter.single(out, 30, 0, 0, new Rng(1), 1)).toThrow(/do not fit/);
  });

  it('keeps the thing in view: the middle differs from the same background without it', () => {
    let seen = 0;
    for (let i = 0; i < 100; i++) {
      const out = rgb();
      augmenter.single(out, 0, 2, 0, new Rng(i), 0.5);
      const [r, g, b] = pixel(out, size / 2, size / 2);
      const corner = pixel(out, 1, 1);
      if (
        Math.abs((r ?? 0) - (corner[0] ?? 0)) +
          Math.abs((g ?? 0) - (corner[1] ?? 0)) +
          Math.abs((b ?? 0) - (corner[2] ?? 0)) >
        20
      )
        seen++;
    }
    expect(seen).toBeGreaterThan(80);
  });

  it('says which style lacks a thing', () => {
    expect(() => augmenter.single(rgb(), 0, 1, 1, new Rng(1), 1)).toThrow(
      /drawn-b has no picture of thing 1/,
    );
  });

  it('keeps left and right where they are', () => {
    // Thing 2 is green, thing 6 (222, 94, 0) is red.
    for (let i = 0; i < 10; i++) {
      const out = rgb();
      augmenter.scene(out, 0, pairScene(2, 6, 0, 0, new Rng(i)), new Rng(i), 0);
      const [left, right] = [pixel(out, 12, 24), pixel(out, 35, 24)];
      expect(left[1] ?? 0).toBeGreaterThan(left[0] ?? 0);
      expect(right[0] ?? 0).toBeGreaterThan(right[1] ?? 0);
    }
  });

  it('draws as many as it says', () => {
    for (const count of [1, 2, 3]) expect(countScene(2, 0, count, new Rng(count)).items).toHaveLength(count);
    expect(() => countScene(2, 0, 4, new Rng(1))).toThrow(/1–3/);
  });

  it('mixes scenes in the given shares', () => {
    const rng = new Rng(8);
    const kinds = Array.from(
      { length: 2000 },
      () => randomScene(pictures, rng, { pair: 0.3, count: 0.2 }).kind,
    );
    const share = (kind: string): number => kinds.filter((k) => k === kind).length / kinds.length;
    expect(share('pair')).toBeCloseTo(0.3, 1);
    expect(share('count')).toBeCloseTo(0.2, 1);
  });
});

describe('JPEG-like quantisation', () => {
  const ramp = (): Uint8Array =>
    Uint8Array.from({ length: size * size * 3 }, (_, i) => ((i * 5) % size) * 4 + (i % 3) * 20);
  const error = (quality: number): number => {
    const [before, after] = [ramp(), ramp()];
    jpegLike(after, 0, size, quality);
    return before.reduce((sum, v, i) => sum + Math.abs(v - (after[i] ?? 0)), 0) / before.length;
  };

  it('changes a flat picture by at most the rounding of its colour', () => {
    const out = rgb().fill(90);
    jpegLike(out, 0, size, 50);
    expect(Math.max(...out.map((v) => Math.abs(v - 90)))).toBeLessThanOrEqual(2);
  });

  it('loses more at lower quality', () => {
    expect(error(10)).toBeGreaterThan(error(60));
  });
});
