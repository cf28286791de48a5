import { describe, expect, it } from 'vitest';
import { fbank } from './fbank.ts';

const tone = (hz: number, length: number, scale = 0.1, offset = 0) =>
  Float32Array.from({ length }, (_, at) => offset + scale * Math.sin((2 * Math.PI * hz * at) / 16_000));

describe('fbank', () => {
  it.each(['povey', 'hamming'] as const)('silence is ln of the epsilon of float32 (%s)', (window) => {
    const { shape, data } = fbank(new Float32Array(1600), { window });
    expect(shape).toEqual([8, 80]);
    expect([...new Set(data)]).toEqual([Math.fround(-15.942385152878742)]);
  });

  it.each([
    [0, 0, 0],
    [1, 0, 0],
    [2, 0, 1],
    [399, 0, 1],
    [400, 1, 1],
    [559, 1, 1],
    [560, 2, 2],
  ])('%i samples are %i frames, or %i if short ones count', (length, dropped, shortened) => {
    const samples = new Float32Array(length);
    expect(fbank(samples, { window: 'hamming' }).shape).toEqual([dropped, 80]);
    expect(fbank(samples, { window: 'hamming', shortClips: 'shorten' }).shape).toEqual([shortened, 80]);
  });

  it('a short clip is in a window of its own length, wherever its spectrum is padded to', () => {
    for (const length of [200, 300]) {
      const { data } = fbank(tone(3000, length), { window: 'hamming', shortClips: 'shorten' });
      expect(loudest(data)).toBe(52);
    }
  });

  // Centres by hand: mel 31.7 + 34.67 (bin + 1), where mel = 1127 ln(1 + Hz / 700).
  it.each([
    [300, 10],
    [1000, 27],
    [3000, 52],
    [7000, 76],
  ])('a tone of %i Hz is loudest in bin %i', (hz, bin) => {
    expect(loudest(fbank(tone(hz, 400), { window: 'povey' }).data)).toBe(bin);
  });

  it('does not hear a constant, and twice the amplitude is ln 4 more', () => {
    const plain = fbank(tone(1000, 800), { window: 'povey' }).data;
    const shifted = fbank(tone(1000, 800, 0.1, 0.25), { window: 'povey' }).data;
    const doubled = fbank(tone(1000, 800, 0.2), { window: 'povey' }).data;
    expect(Math.abs((plain[27] ?? 0) - (shifted[27] ?? 0))).toBeLessThan(1e-4);
    expect((doubled[27] ?? 0) - (plain[27] ?? 0)).toBeCloseTo(Math.log(4), 4);
  });

  it('counts amplitude in 16-bit integers', () => {
    // At its own frequency: (amplitude 3276.8 · pre-emphasis 0.3855 · area of the window 213 / 2)² = e^23.6.
    const { data } = fbank(tone(1000, 400), { window: 'povey' });
    expect(data[27]).toBeGreaterThan(23.4);
    expect(data[27]).toBeLessThan(24.2);
  });

  it('has as many columns as asked for', () => {
    expect(fbank(tone(1000, 400), { window: 'povey', melBins: 40 }).shape).toEqual([1, 40]);
  });
});

const loudest = (frame: Float32Array) => frame.indexOf(Math.max(...frame.subarray(0, 80)));
