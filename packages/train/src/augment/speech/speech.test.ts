import { fbank } from '@x-llm/media';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random.ts';
import {
  activePower,
  babble,
  changeDynamics,
  changeHiss,
  changePace,
  colouredNoise,
  hum,
  mixAtSnr,
  mixFeaturesAtSnr,
  moveFormants,
  noiseColours,
  sharpenFormants,
  sharpenTransitions,
  specAugment,
  warpFrequency,
  warpTime,
} from './index.ts';

const features = (wave: Float32Array) => fbank(wave, { window: 'povey' }).data;
const power = (wave: Float32Array) => wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
const tone = (hz: number, length = 4000) =>
  Float32Array.from({ length }, (_, at) => 0.3 * Math.sin((2 * Math.PI * hz * at) / 16_000));
/** A voice of sorts: a buzz of 120 Hz whose loudness and timbre move, half a second of it between silences. */
const voice = Float32Array.from({ length: 24_000 }, (_, at) => {
  if (at < 4000 || at > 20_000) return 0;
  let sum = 0;
  for (let k = 1; k < 40; k++) {
    const formant = Math.exp(-(((k * 120 - 900 - 500 * Math.sin(at / 2500)) / 500) ** 2)) + 0.03;
    sum += formant * Math.sin((2 * Math.PI * 120 * k * at) / 16_000 + k * k);
  }
  return 0.05 * sum * (1.2 + Math.sin(at / 900));
});

describe('specAugment', () => {
  const frames = 100;
  const ramp = Float32Array.from({ length: frames * 80 }, (_, at) => at + 1);
  const mean = (frames * 80 + 1) / 2; // of the numbers up to 8,000: none of them
  const masked = (out: Float32Array) => out.reduce((sum, value) => sum + (value === mean ? 1 : 0), 0);

  it('masks whole bands with the mean, and never more than asked for', () => {
    for (let seed = 0; seed < 50; seed++) {
      const out = specAugment(ramp, createRandom(seed), {
        frequencyMasks: 1,
        frequencyWidth: 10,
        timeMasks: 0,
      });
      const width = masked(out) / frames;
      expect(Number.isInteger(width)).toBe(true);
      expect(width).toBeLessThanOrEqual(10);
    }
    const widths = Array.from({ length: 200 }, (_, seed) =>
      masked(specAugment(ramp, createRandom(seed), { frequencyMasks: 1, frequencyWidth: 3, timeMasks: 0 })),
    );
    expect(new Set(widths)).toEqual(new Set([0, 100, 200, 300]));
  });

  it('bounds masks over time by a share of a short utterance', () => {
    const counts = Array.from({ length: 200 }, (_, seed) =>
      masked(
        specAugment(ramp, createRandom(seed), {
          frequencyMasks: 0,
          timeMasks: 1,
          timeWidth: 50,
          timeShare: 0.15,
        }),
      ),
    );
    expect(Math.max(...counts)).toBe(15 * 80);
  });

  it('leaves its input alone, and takes an empty utterance', () => {
    const before = ramp.slice();
    specAugment(ramp, createRandom(1));
    expect(ramp).toEqual(before);
    expect(specAugment(new Float32Array(), createRandom(1))).toHaveLength(0);
    expect(() => specAugment(new Float32Array(81), createRandom(1))).toThrow('no whole frames of 80');
  });
});

describe('warps', () => {
  const loudest = (data: Float32Array, frame = 5) => {
    const row = data.subarray(frame * 80, (frame + 1) * 80);
    return row.indexOf(Math.max(...row));
  };

  it.each([
    [1000, 1.1],
    [1000, 0.9],
    [2500, 1.1],
    [2500, 0.9],
  ])('a tone of %i Hz warped by %d is where that many times its frequency is', (hz, factor) => {
    expect(
      Math.abs(loudest(warpFrequency(features(tone(hz)), factor)) - loudest(features(tone(hz * factor)))),
    ).toBeLessThanOrEqual(1);
  });

  it('a factor of 1 changes nothing, and the top of the band stays', () => {
    const speech = features(voice);
    const same = warpFrequency(speech, 1);
    for (const [at, value] of speech.entries()) expect(same[at]).toBeCloseTo(value, 3);
    expect(loudest(warpFrequency(features(tone(7900)), 0.9))).toBeGreaterThanOrEqual(78);
    expect(() => warpFrequency(speech, 0)).toThrow('0.5 to 1.6');
  });

  it('a faster pace has fewer frames, the first and last being the same', () => {
    const speech = features(voice);
    const frames = speech.length / 80;
    const faster = warpTime(speech, 1.25);
    expect(faster.length / 80).toBe(Math.round(frames / 1.25));
    expect(faster.subarray(0, 80)).toEqual(speech.subarray(0, 80));
    expect(faster.subarray(-80)).toEqual(speech.subarray(-80));
    expect(warpTime(new Float32Array(), 1.25)).toHaveLength(0);
  });

  it('moves one formant and leaves the others where they are', () => {
    const moved = (hz: number) => loudest(moveFormants(features(tone(hz)), [1, 1, 1.15, 1, 1]));
    expect(Math.abs(moved(2000) - loudest(features(tone(2300))))).toBeLessThanOrEqual(1);
    expect(moved(1000)).toBe(loudest(features(tone(1000))));
    expect(moved(5000)).toBe(loudest(features(tone(5000))));
    const all = loudest(moveFormants(features(tone(7000)), [1, 1, 1, 1, 0.9])); // beyond the last
    expect(Math.abs(all - loudest(features(tone(6300))))).toBeLessThanOrEqual(1);
    expect(() => moveFormants(features(voice), [1, 1, 1, 1])).toThrow('5 factors');
    expect(() => moveFormants(features(voice), [1, 1, 2, 1, 1])).toThrow('0.7 to 1.4');
  });

  it('hurries where it is told to, and begins where it began', () => {
    const ramp = Float32Array.from({ length: 101 * 80 }, (_, at) => Math.floor(at / 80));
    const changed = changePace(ramp, [2, 2, 0.5, 0.5]);
    const times = Array.from({ length: changed.length / 80 }, (_, frame) => changed[frame * 80] ?? 0);
    expect(times.slice(0, 4)).toEqual([0, 2, 4, 6]);
    expect((times.at(-1) ?? 0) - (times.at(-3) ?? 0)).toBeCloseTo(1, 5);
    // A third at pace 2, a third from there to 0.5, where dt = ln 4 / 1.5 a frame, and a third at 0.5.
    const expected = 100 / 6 + (100 / 3) * (Math.log(4) / 1.5) + 200 / 3;
    expect(Math.abs(times.length - expected)).toBeLessThan(1.5); // a frame at either end is cut
    expect(changePace(ramp, [1, 1])).toEqual(ramp);
    expect(changePace(new Float32Array(), [1, 2])).toHaveLength(0);
    expect(() => changePace(ramp, [1])).toThrow('two or more');
    expect(() => changePace(ramp, [1, 0])).toThrow('0.25 to 4');
  });

  it('makes peaks clearer or flatter around the same mean', () => {
    const peak = Float32Array.from({ length: 80 }, (_, bin) => (bin === 40 ? 7 : 0));
    expect(sharpenFormants(peak, 0)).toEqual(peak);
    expect(sharpenFormants(peak, 0.5)[40]).toBeCloseTo(7 + 0.5 * 6, 5);
    const flat = sharpenFormants(peak, -1);
    expect([...flat.subarray(36, 46)]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(flat.reduce((sum, value) => sum + value, 0)).toBeCloseTo(7, 4);
  });

  it('makes sounds pass into each other more suddenly or more gradually, each filter for itself', () => {
    // Filter 3 sounds up in frame 4 of 9, filter 5 from there on.
    const sounds = new Float32Array(9 * 80);
    sounds[4 * 80 + 3] = 5;
    for (let frame = 4; frame < 9; frame++) sounds[frame * 80 + 5] = 1;
    const over = (features: Float32Array, bin: number) =>
      Array.from({ length: 9 }, (_, frame) => features[frame * 80 + bin]);
    const gradual = sharpenTransitions(sounds, -1);
    expect(over(gradual, 3)).toEqual([0, 0, 1, 1, 1, 1, 1, 0, 0]);
    expect(over(gradual, 4)).toEqual(new Array(9).fill(0));
    for (const [frame, value] of [0, 0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1].entries())
      expect(over(gradual, 5)[frame]).toBeCloseTo(value, 6);
    expect(over(sharpenTransitions(sounds, 0.5), 3)).toEqual([0, 0, -0.5, -0.5, 7, -0.5, -0.5, 0, 0]);
    expect(sharpenTransitions(sounds, 0)).toEqual(sounds);
    expect(() => sharpenTransitions(new Float32Array(81), 1)).toThrow('no whole frames');
  });
});

describe('loudness', () => {
  const bins = 80;
  /** Two frames of silence, two of a vowel, low and loud, and two of a hiss, high and less so. */
  const sounds = Float32Array.from({ length: 6 * bins }, (_, at) => {
    const [frame, bin] = [Math.floor(at / bins), at % bins];
    if (frame < 2) return -10;
    return frame < 4 ? (bin < 40 ? 6 : -8) : bin < 50 ? -8 : 4;
  });
  const change = (out: Float32Array, frame: number) =>
    (out[frame * bins + 7] ?? 0) - (sounds[frame * bins + 7] ?? 0);

  it('of what hisses changes, and hardly that of what is voiced', () => {
    for (const gain of [-1.5, 1]) {
      const out = changeHiss(sounds, gain);
      expect(change(out, 5) / gain).toBeGreaterThan(0.95);
      expect(change(out, 2) / gain).toBeLessThan(0.05);
      expect(change(out, 0) / gain).toBeGreaterThan(0.2); // silence is neither
      expect(change(out, 0) / gain).toBeLessThan(0.8);
      // The spectrum keeps its form.
      for (let bin = 0; bin < bins; bin++)
        expect((out[5 * bins + bin] ?? 0) - (sounds[5 * bins + bin] ?? 0)).toBeCloseTo(change(out, 5), 5);
    }
    expect(changeHiss(sounds, 0)).toEqual(sounds);
  });

  it('of frames moves away from the mean or towards it', () => {
    const means = (of: Float32Array) =>
      Array.from(
        { length: 6 },
        (_, frame) => of.slice(frame * bins, (frame + 1) * bins).reduce((a, b) => a + b) / bins,
      );
    const [before, even, wide] = [sounds, changeDynamics(sounds, -1), changeDynamics(sounds, 0.5)].map(means);
    const mean = (before ?? []).reduce((a, b) => a + b) / 6;
    for (let frame = 0; frame < 6; frame++) {
      expect(even?.[frame]).toBeCloseTo(mean, 4);
      expect((wide?.[frame] ?? 0) - mean).toBeCloseTo(1.5 * ((before?.[frame] ?? 0) - mean), 4);
    }
    expect(changeDynamics(sounds, 0)).toEqual(sounds);
    expect(() => changeDynamics(new Float32Array(81), 1)).toThrow('no whole frames');
    expect(changeHiss(new Float32Array(0), 1)).toHaveLength(0);
  });
});

describe('noise', () => {
  it('has the power and the slope of its colour', () => {
    const octaves = noiseColours.map((colour) => {
      const wave = colouredNoise(colour, 64_000, createRandom(3));
      expect(power(wave)).toBeCloseTo(0.01, 5);
      // Power that a difference keeps: 2 − 2 × the correlation of neighbours.
      const difference = wave.map((value, at) => value - (wave[at - 1] ?? 0));
      return power(difference) / power(wave);
    });
    const [white = 0, pink = 0, brown = 0] = octaves;
    expect(white).toBeGreaterThan(1.9);
    expect(white).toBeLessThan(2.1);
    expect(pink).toBeGreaterThan(0.2);
    expect(pink).toBeLessThan(0.9);
    expect(brown).toBeLessThan(0.02);
  });

  it('hums at the mains, and babbles with every voice', () => {
    const wave = hum(16_000, createRandom(1));
    const at = (hz: number) => {
      const [x, y] = [Math.cos, Math.sin].map((f) =>
        wave.reduce((sum, value, n) => sum + value * f((2 * Math.PI * hz * n) / 16_000), 0),
      );
      return Math.hypot(x ?? 0, y ?? 0) / 16_000;
    };
    const base = at(50) + at(100) > at(60) + at(120) ? 50 : 60;
    expect(at(base) + at(2 * base)).toBeGreaterThan(100 * at(base * 1.5));
    const crowd = babble(
      [tone(300), tone(500), tone(700).map((value) => value / 100)],
      8000,
      createRandom(1),
    );
    expect(power(crowd)).toBeCloseTo(0.01, 5);
    const loudness = [300, 500, 700].map((hz) => power(tone(hz, 8000)) && Math.abs(correlation(crowd, hz)));
    expect(Math.min(...loudness) / Math.max(...loudness)).toBeGreaterThan(0.9);
    expect(() => babble([], 10, createRandom(1))).toThrow('at least one voice');
  });

  const correlation = (wave: Float32Array, hz: number) => {
    const part = (f: (x: number) => number) =>
      wave.reduce((sum, value, n) => sum + value * f((2 * Math.PI * hz * n) / 16_000), 0);
    return Math.hypot(part(Math.cos), part(Math.sin));
  };
});

describe('mixing', () => {
  it.each([20, 0, -5])('is %i dB over the part in which somebody speaks', (snrDb) => {
    const noise = colouredNoise('white', 5000, createRandom(2));
    const noisy = mixAtSnr(voice, noise, snrDb);
    const added = noisy.map((value, at) => value - (voice[at] ?? 0));
    const speaking = power(voice.subarray(4000, 20_000));
    expect(activePower(voice) / speaking).toBeGreaterThan(0.95);
    expect(activePower(voice) / speaking).toBeLessThan(1.05);
    expect(10 * Math.log10(activePower(voice) / power(added))).toBeCloseTo(snrDb, 2);
  });

  it('gives back speech that is silent or in silence', () => {
    expect(mixAtSnr(voice, new Float32Array(10), 5)).toEqual(voice);
    expect(mixAtSnr(new Float32Array(500), voice, 5)).toEqual(new Float32Array(500));
    expect(() => mixAtSnr(voice, new Float32Array(), 5)).toThrow('empty');
  });

  it.each([...noiseColours, 'babble'] as const)('of features is near to mixing waves: %s', (kind) => {
    const random = createRandom(5);
    const noise =
      kind === 'babble'
        ? babble(
            [tone(210), voice, voice.map((_, at) => voice[(at * 2) % 24_000] ?? 0), voice],
            24_000,
            random,
          )
        : colouredNoise(kind, voice.length, random);
    for (const snrDb of [20, 10, 0]) {
      // At the ratio that the mixed waves have in the features: here the approximation is tested, not the ratio.
      const waves = mixAtSnr(voice, noise, snrDb);
      const scaled = waves.map((value, at) => value - (voice[at] ?? 0));
      const real = features(waves);
      const added = addedInFeatures(features(voice), features(scaled));
      expect(meanDifference(real, added)).toBeLessThan(0.25);
      // The ratios differ by what lies below the lowest filter; ln(10) / 10 is a decibel.
      const atRatio = mixFeaturesAtSnr(features(voice), features(noise), snrDb);
      const decibels = Math.abs(meanOf(atRatio) - meanOf(added)) / (Math.LN10 / 10);
      expect(decibels).toBeLessThan({ white: 0.2, babble: 0.2, pink: 2, brown: 7 }[kind]);
    }
  });

  const addedInFeatures = (a: Float32Array, b: Float32Array) =>
    a.map((value, at) => Math.log(Math.exp(value) + Math.exp(b[at] ?? 0)));
  const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanDifference = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
});
