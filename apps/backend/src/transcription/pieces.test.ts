import { describe, expect, it } from 'vitest';
import { piecesOf } from './pieces.ts';

const sampleRateHz = 1000;

/** Noise with silence of 0.2 s around the given seconds. */
function talk(seconds: number, pauses: number[] = []): Float32Array {
  const samples = Float32Array.from({ length: seconds * sampleRateHz }, (_, at) =>
    at % 2 === 0 ? 0.5 : -0.4,
  );
  for (const pause of pauses) samples.fill(0, (pause - 0.1) * sampleRateHz, (pause + 0.1) * sampleRateHz);
  return samples;
}

const ends = (samples: Float32Array, maxSeconds: number) =>
  piecesOf(samples, { sampleRateHz, maxSeconds }).map(({ end }) => end / sampleRateHz);

describe('pieces', () => {
  it('leaves alone what is short enough', () => {
    expect(piecesOf(talk(10), { sampleRateHz, maxSeconds: 10 })).toEqual([{ start: 0, end: 10_000 }]);
    expect(piecesOf(new Float32Array(), { sampleRateHz, maxSeconds: 10 })).toEqual([{ start: 0, end: 0 }]);
  });

  it('cuts in the pauses, and not where there are none', () => {
    const [first = 0, second = 0, third] = ends(talk(25, [3, 8, 16, 20]), 10);
    // 3 s would be a piece of less than half; both 16 and 8 lie in the second half of what fits.
    expect(Math.abs(first - 8)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(second - 16)).toBeLessThanOrEqual(0.1);
    expect(third).toBe(25);
  });

  it('covers everything once, within the limit, whatever there is to hear', () => {
    for (const samples of [talk(61), new Float32Array(61_000), talk(61, [5.3, 14, 29, 29.5, 44])]) {
      const pieces = piecesOf(samples, { sampleRateHz, maxSeconds: 10 });
      expect(pieces[0]?.start).toBe(0);
      expect(pieces.at(-1)?.end).toBe(samples.length);
      for (const [at, { start, end }] of pieces.entries()) {
        if (at > 0) expect(start).toBe(pieces[at - 1]?.end);
        expect(end - start).toBeLessThanOrEqual(10_000);
        expect(end - start).toBeGreaterThanOrEqual(at < pieces.length - 1 ? 5000 : 500);
      }
    }
  });

  it('leaves no crumb at the end', () => {
    const [, last] = piecesOf(talk(10.01), { sampleRateHz, maxSeconds: 10 });
    expect(last && last.end - last.start).toBeGreaterThanOrEqual(500);
  });

  it('refuses pieces of nothing', () => {
    expect(() => piecesOf(talk(1), { sampleRateHz, maxSeconds: 0 })).toThrow(RangeError);
  });
});
