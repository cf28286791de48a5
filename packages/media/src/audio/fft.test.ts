import { expect, it } from 'vitest';
import { PowerSpectrum } from './fft.ts';

/** The definition, in size² steps. */
function definition(frame: Float64Array): Float64Array {
  const turn = (2 * Math.PI) / frame.length;
  return Float64Array.from({ length: frame.length / 2 + 1 }, (_, k) => {
    const real = frame.reduce(
      (sum, value, at) => sum + value * Math.cos(turn * ((k * at) % frame.length)),
      0,
    );
    const imaginary = frame.reduce(
      (sum, value, at) => sum + value * Math.sin(turn * ((k * at) % frame.length)),
      0,
    );
    return real * real + imaginary * imaginary;
  });
}

it.each([2, 4, 6, 10, 16, 30, 154, 256, 400, 512])(
  'size %i equals the definition, twice in a row',
  (size) => {
    const spectrum = new PowerSpectrum(size);
    const power = new Float64Array(spectrum.bins);
    for (const seed of [1, 2]) {
      const frame = Float64Array.from({ length: size }, (_, at) => Math.sin(seed * at * at + 1));
      spectrum.transform(frame, power);
      const wanted = definition(frame);
      for (const [bin, value] of wanted.entries()) expect(power[bin]).toBeCloseTo(value, 8);
    }
  },
);

it.each([0, 1, 7, 2.5])('refuses size %d', (size) => {
  expect(() => new PowerSpectrum(size)).toThrow('must be even');
});
