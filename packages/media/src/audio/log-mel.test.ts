import { describe, expect, it } from 'vitest';
import { logMel, whisperSamples } from './log-mel.ts';

const tone = (hz: number, length: number) =>
  Float32Array.from({ length }, (_, at) => 0.1 * Math.sin((2 * Math.PI * hz * at) / 16_000));

describe('logMel', () => {
  it('silence is −1.5', () => {
    const { shape, data } = logMel(new Float32Array(1600));
    expect(shape).toEqual([80, 10]);
    expect([...new Set(data)]).toEqual([-1.5]);
  });

  it("is padded to Whisper's 30 seconds, or cut to them", () => {
    for (const length of [1, 16_000, whisperSamples + 1000]) {
      expect(logMel(tone(440, length), { paddedSamples: whisperSamples }).shape).toEqual([80, 3000]);
    }
  });

  it('nothing is more than 8 (here 2) below the loudest', () => {
    const { data } = logMel(tone(1000, 4000), { paddedSamples: 16_000 });
    const loudest = data.reduce((most, value) => Math.max(most, value));
    expect(data.at(-1)).toBeCloseTo(loudest - 2, 6);
  });

  it('a tone lies in its bin, bins first', () => {
    // Slaney's scale: 1 kHz is mel 15 of 45.245, the filters' centres 0.5586 apart: bin 26 is at 15.08.
    const { shape, data } = logMel(tone(1000, 3200));
    const columns = shape[1];
    const column = Array.from({ length: 80 }, (_, bin) => data[bin * columns + 10] ?? 0);
    expect(column.indexOf(Math.max(...column))).toBe(26);
  });

  it('a clip that cannot be reflected is refused, unless it is padded', () => {
    expect(logMel(tone(440, 201)).shape).toEqual([80, 1]);
    expect(() => logMel(tone(440, 200))).toThrow('needs more than 200 samples, got 200; pad the clip');
    expect(() => logMel(tone(440, 200), { paddedSamples: 1600.5 })).toThrow('got 1600.5');
  });
});
