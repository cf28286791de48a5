import { describe, expect, it } from 'vitest';
import { Rng } from './rng.ts';
import {
  distanceStep,
  distanceZero,
  drawLines,
  flatten,
  removeLines,
  silhouetteDistance,
} from './stylise.ts';

const side = 24;
/** An opaque square of 16 pixels, shaded from left to right, with a dark line down its middle. */
function square(line: boolean): Uint8Array {
  const rgba = new Uint8Array(side * side * 4);
  for (let y = 4; y < 20; y++) {
    for (let x = 4; x < 20; x++) {
      const dark = line && (x === 11 || x === 12);
      rgba.set(dark ? [10, 10, 10, 255] : [180 + x, 60, 40, 255], (y * side + x) * 4);
    }
  }
  return rgba;
}
const at = (rgba: Uint8Array, x: number, y: number): number[] => [
  ...rgba.subarray((y * side + x) * 4, (y * side + x) * 4 + 4),
];
const reds = (rgba: Uint8Array): Set<number> =>
  new Set(Array.from({ length: 16 }, (_, i) => rgba[(12 * side + 4 + i) * 4] ?? 0));

describe('style variants', () => {
  it('flattening leaves few colours and the silhouette', () => {
    const flat = flatten(square(false), side, 3, new Rng(1));
    expect(reds(square(false)).size).toBe(16);
    expect(reds(flat).size).toBeLessThanOrEqual(3);
    expect(at(flat, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(at(flat, 12, 12)[3]).toBe(255);
  });

  it('removes a thin dark line but no colour beside it', () => {
    const bare = removeLines(square(true), side, 2);
    expect(at(bare, 11, 12)[0]).toBeGreaterThan(150);
    expect(at(bare, 6, 12)[1]).toBe(60);
  });

  it('draws a contour', () => {
    const lined = drawLines(square(false), side, silhouetteDistance(square(false), side));
    expect(at(lined, 4, 12)[0]).toBeLessThan(60);
    expect(at(lined, 12, 12)[0]).toBe(192);
  });

  it('measures the distance to the silhouette in pixels', () => {
    const distance = silhouetteDistance(square(false), side);
    const pixels = (x: number): number => ((distance[12 * side + x] ?? 0) - distanceZero) / distanceStep;
    expect(pixels(6)).toBeCloseTo(2.5, 1);
    expect(pixels(2)).toBeCloseTo(-1.5, 1);
  });
});
