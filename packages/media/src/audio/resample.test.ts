import { describe, expect, it } from 'vitest';
import { resample, torchaudioDefault } from './resample.ts';

const tone = (hz: number, rateHz: number, length: number) =>
  Float32Array.from({ length }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rateHz + 0.3));

const decibels = (power: number) => 10 * Math.log10(power);
/** Mean square, without the ends, where the sound outside is missing. */
const power = (values: Float32Array) => {
  const inner = values.subarray(320, -320);
  return inner.reduce((sum, value) => sum + value * value, 0) / inner.length;
};
const signalToNoise = (actual: Float32Array, ideal: Float32Array) =>
  decibels(power(ideal) / power(actual.map((value, at) => value - (ideal[at] ?? Number.NaN))));

describe('resample', () => {
  it.each([
    [44_100, 44_100, 16_000],
    [44_100, 44_101, 16_001],
    [44_100, 1, 1],
    [48_000, 7, 3],
    [8000, 5, 10],
    [11_025, 100, 146],
    [16_000, 5, 5],
    [48_000, 0, 0],
  ])('%i Hz: %i samples become %i', (fromHz, length, expected) => {
    expect(resample(new Float32Array(length), fromHz)).toHaveLength(expected);
  });

  // 44 099 is coprime to 16 000: every output has taps of its own.
  it.each([8000, 11_025, 22_050, 44_099, 44_100, 48_000, 96_000])(
    'a tone at %i Hz stays that tone',
    (fromHz) => {
      const out = resample(tone(1234.5, fromHz, Math.ceil(fromHz / 5)), fromHz);
      expect(signalToNoise(out, tone(1234.5, 16_000, out.length))).toBeGreaterThan(80);
    },
  );

  it.each([22_050, 48_000])('a tone of 10 kHz at %i Hz does not come back as another', (fromHz) => {
    const sound = tone(10_000, fromHz, fromHz / 5);
    expect(decibels(power(resample(sound, fromHz)) / power(sound))).toBeLessThan(-80);
    // The filter that X-LLM used lets it through, which is why it is not the default.
    expect(
      decibels(power(resample(sound, fromHz, 16_000, torchaudioDefault)) / power(sound)),
    ).toBeGreaterThan(-75);
  });

  it('keeps a constant, and the place of the first sample', () => {
    const flat = resample(new Float32Array(4410).fill(0.25), 44_100);
    expect(Math.abs((flat[800] ?? 0) - 0.25)).toBeLessThan(1e-5);
    const click = resample(new Float32Array(100).fill(1, 0, 1), 8000);
    expect(click.indexOf(Math.max(...click))).toBe(0);
  });

  it('the same rate is a copy, not the same memory', () => {
    const samples = Float32Array.of(0.1, -0.2);
    const out = resample(samples, 16_000);
    expect(out).toEqual(samples);
    expect(out.buffer).not.toBe(samples.buffer);
  });

  it.each([0, -1, 44_100.5, Number.NaN])('refuses %d Hz', (rate) => {
    expect(() => resample(new Float32Array(4), rate)).toThrow('rates must be positive integers in Hz');
  });
});
