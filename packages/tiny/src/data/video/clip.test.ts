import { describe, expect, it } from 'vitest';
import { side } from '../layout.ts';
import { Pictures } from '../pictures.ts';
import { Rng } from '../rng.ts';
import { drawnPicture, drawnPictures, drawnStyles } from '../testing.ts';
import { thingNamed } from '../world.ts';
import { type Clip, ClipRenderer, clipAt, randomClip, renderClip } from './clip.ts';
import { type Motion, motions, motionsOf } from './motions.ts';
import { poseAt, timeOf } from './path.ts';
import { frameTruth } from './truth.ts';

const size = 48;
const frames = 8;
/** Thing 3 is a square, red on its left half and blue on its right one. */
const twoColours = 3;
const pictures = drawnPictures(8, (thing, style) => {
  const rgba = drawnPicture(thing, style);
  if (thing !== twoColours) return rgba;
  return rgba.map((value, i) => {
    if (i % 4 === 3 || rgba[(i | 3) as number] === 0) return value;
    const onLeft = (i >> 2) % side < side / 2;
    return i % 4 === (onLeft ? 0 : 2) ? 220 : 20;
  });
});

/** On white and as it is, so that what is drawn can be measured. */
const plainClip = (motion: Motion, seed: number): Clip =>
  randomClip({ thing: twoColours, style: 0, motion, strength: 0, family: 'training' }, new Rng(seed));

interface Seen {
  /** Pixels that are not white, and where their middle is, in pixels. */
  readonly area: number;
  readonly x: number;
  readonly y: number;
  /** From the blue half to the red one: 0 = to the left, as it is drawn; counter-clockwise, in degrees. */
  readonly angle: number;
}

function look(pixels: Uint8Array): Seen[] {
  return Array.from({ length: frames }, (_, frame) => {
    const sums = { all: [0, 0, 0], red: [0, 0, 0], blue: [0, 0, 0] };
    const add = (sum: number[], x: number, y: number): void => {
      for (const [k, v] of [1, x, y].entries()) sum[k] = (sum[k] ?? 0) + v;
    };
    for (let i = 0; i < size * size; i++) {
      const [r = 0, g = 0, b = 0] = pixels.subarray((frame * size * size + i) * 3);
      if (r + g + b > 600) continue;
      add(sums.all, i % size, Math.floor(i / size));
      if (r > 150 && b < 100) add(sums.red, i % size, Math.floor(i / size));
      if (b > 150 && r < 100) add(sums.blue, i % size, Math.floor(i / size));
    }
    const middle = ([count = 0, x = 0, y = 0]: number[]): [number, number] => [x / count, y / count];
    const [x, y] = middle(sums.all);
    const [redX, redY] = middle(sums.red);
    const [blueX, blueY] = middle(sums.blue);
    const angle = (Math.atan2(redY - blueY, blueX - redX) * 180) / Math.PI;
    return { area: sums.all[0] ?? 0, x, y, angle };
  });
}

/** First and last frame, and whether the value between never goes back. */
function course(values: readonly number[]): { by: number; steady: boolean } {
  const by = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const steady = values.every((value, k) => k === 0 || (value - (values[k - 1] ?? 0)) * by >= -1e-6 - 0.3);
  return { by, steady };
}

const seeds = Array.from({ length: 25 }, (_, seed) => seed);
const looks = new Map<Motion, Seen[][]>();
function seen(motion: Motion): Seen[][] {
  const known = looks.get(motion);
  if (known) return known;
  const clips = seeds.map((seed) => look(renderClip(pictures, plainClip(motion, seed), frames, size)));
  looks.set(motion, clips);
  return clips;
}

describe('what is seen to happen', () => {
  it.each([
    ['moveLeft', 'x', -1],
    ['moveRight', 'x', 1],
    ['moveUp', 'y', -1],
    ['moveDown', 'y', 1],
  ] as const)(
    '%s: the middle goes along %s, at least two fifths of the picture but for what leaves it',
    (motion, axis, sign) => {
      for (const clip of seen(motion)) {
        const along = course(clip.map((frame) => frame[axis]));
        expect(along.by * sign).toBeGreaterThan(0.3 * size);
        expect(along.steady).toBe(true);
        const across = course(clip.map((frame) => frame[axis === 'x' ? 'y' : 'x']));
        expect(Math.abs(across.by)).toBeLessThan(0.15 * size);
      }
      for (const seed of seeds) {
        const { from, to } = plainClip(motion, seed).path;
        expect((to[axis] - from[axis]) * sign).toBeGreaterThanOrEqual(0.4);
      }
    },
  );

  it.each([
    ['grow', 1],
    ['shrink', -1],
  ] as const)('%s: the width changes by a factor of two or more', (motion, sign) => {
    for (const clip of seen(motion)) {
      const logWidth = course(clip.map((frame) => Math.log(Math.sqrt(frame.area))));
      expect(logWidth.by * sign).toBeGreaterThan(Math.log(1.85)); // pixels are whole
      expect(logWidth.steady).toBe(true);
    }
  });

  it('turn: a quarter to half a turn in one direction, either one', () => {
    const directions = seen('turn').map((clip) => {
      let turned = 0;
      for (const [k, { angle }] of clip.entries()) {
        const step = angle - (clip[k - 1]?.angle ?? 0);
        turned += step - 360 * Math.round(step / 360);
      }
      expect(Math.abs(turned)).toBeGreaterThan(85);
      expect(Math.abs(turned)).toBeLessThan(185);
      return Math.sign(turned);
    });
    expect(new Set(directions)).toEqual(new Set([-1, 1]));
  });

  const there = (clip: readonly Seen[]): string => clip.map((frame) => (frame.area > 0 ? 'o' : '.')).join('');

  it('blink: there and away, twice or more each', () => {
    for (const clip of seen('blink')) {
      expect(there(clip).match(/o+/g)?.length).toBeGreaterThanOrEqual(2);
      expect(there(clip).match(/\.+/g)?.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('appear and disappear: once, not at the ends', () => {
    for (const clip of seen('appear')) expect(there(clip)).toMatch(/^\.+o+$/);
    for (const clip of seen('disappear')) expect(there(clip)).toMatch(/^o+\.+$/);
  });

  it('still: nothing', () => {
    for (const clip of seen('still'))
      expect(new Set(clip.map((frame) => JSON.stringify(frame))).size).toBe(1);
  });
});

describe('the truth of a frame', () => {
  it('is what is seen in it', () => {
    for (const motion of motions) {
      for (const [seed, clip] of seen(motion).entries()) {
        for (const [frame, { area, x, y, angle }] of clip.entries()) {
          const drawn = plainClip(motion, seed);
          const truth = frameTruth(drawn, frame, frames);
          const { opacity } = poseAt(drawn.path, timeOf(frame, frames));
          expect(truth.visible).toBe(opacity >= 0.5);
          if (opacity < 1) continue; // its colours are too faint to measure
          expect(area).toBeGreaterThan(0);
          // Within a tenth of the picture of a line either third will do; what leaves the picture has its middle within.
          expect(Math.abs(truth.x - ((x + 0.5) / size - 0.5) * 3)).toBeLessThan(0.8);
          expect(Math.abs(truth.y - ((y + 0.5) / size - 0.5) * 3)).toBeLessThan(0.8);
          const pointed = { upright: 0, left: 90, 'upside down': 180, right: -90 }[truth.turned];
          expect(Math.cos(((angle - pointed) * Math.PI) / 180)).toBeGreaterThan(
            Math.cos((50 * Math.PI) / 180),
          );
          if (truth.size === 'large') expect(Math.sqrt(area)).toBeGreaterThan(0.4 * size);
          if (truth.size === 'small') expect(Math.sqrt(area)).toBeLessThan(0.4 * size);
        }
      }
    }
  });

  it('says which frames there are', () => {
    expect(() => frameTruth(plainClip('still', 1), 8, 8)).toThrow(/no frame 8 of 8/);
    expect([0, 1, 2].map((frame) => timeOf(frame, 3))).toEqual([0, 0.5, 1]);
    expect(timeOf(0, 1)).toBe(0);
  });
});

describe('the stream of clips', () => {
  const at = (index: number, options = {}): Clip => clipAt(pictures, 5, index, options);

  it('is a function of seed and place, whatever was asked before', () => {
    const once = at(3);
    const pixels = renderClip(pictures, once, frames, size);
    expect(pixels).toHaveLength(frames * size * size * 3);
    at(4);
    expect(at(3)).toEqual(once);
    expect(renderClip(pictures, at(3), frames, size)).toEqual(pixels);
    expect(clipAt(pictures, 6, 3)).not.toEqual(once);
  });

  it('shows any motion, and only the styles asked for', () => {
    const clips = Array.from({ length: 300 }, (_, index) => at(index, { styles: ['drawn-b'] }));
    for (const motion of motions)
      expect(clips.filter((clip) => clip.motion === motion).length).toBeGreaterThan(5);
    expect(new Set(clips.map((clip) => clip.style))).toEqual(new Set([drawnStyles.indexOf('drawn-b')]));
    expect(() => at(0, { styles: ['twemoji'] })).toThrow(/'twemoji' is not loaded/);
  });

  it('has other clips for evaluation, before its own backgrounds', () => {
    const training = Array.from({ length: 20 }, (_, index) => at(index));
    const evaluation = Array.from({ length: 20 }, (_, index) => at(index, { family: 'evaluation' }));
    expect(evaluation.map((clip) => clip.look)).not.toContain(training[0]?.look);
    const clip = { ...plainClip('still', 1), strength: 1 };
    const pictured = (family: Clip['family']): Uint8Array =>
      renderClip(pictures, { ...clip, family }, 1, size);
    expect(pictured('evaluation')).not.toEqual(pictured('training'));
  });

  it('writes where it is told, and refuses a buffer that is too small', () => {
    const clip = at(0);
    const bytes = 2 * size * size * 3;
    const out = new Uint8Array(bytes + 20).fill(7);
    new ClipRenderer(pictures, size).render(out, 10, clip, 2);
    expect(out.subarray(10, -10)).toEqual(renderClip(pictures, clip, 2, size));
    expect([...out.subarray(0, 10), ...out.subarray(-10)]).toEqual(Array(20).fill(7));
    expect(() => new ClipRenderer(pictures, size).render(out, 21, clip, 2)).toThrow(/do not fit/);
  });

  it('augments up to the strength asked for', () => {
    const strengths = Array.from({ length: 200 }, (_, index) => at(index, { strength: 0.5 }).strength);
    expect(Math.max(...strengths)).toBeLessThanOrEqual(0.5);
    expect(Math.min(...strengths)).toBeGreaterThanOrEqual(0.15);
    expect(Math.max(...strengths) - Math.min(...strengths)).toBeGreaterThan(0.3);
  });

  it('has one look and one background per clip, but for noise', () => {
    for (const seed of seeds) {
      const pixels = renderClip(pictures, { ...plainClip('still', seed), strength: 1 }, 2, size);
      const [first, second] = [pixels.subarray(0, pixels.length / 2), pixels.subarray(pixels.length / 2)];
      const change = first.reduce((sum, v, i) => sum + Math.abs(v - (second[i] ?? 0)), 0) / first.length;
      expect(change).toBeLessThan(20);
    }
  });
});

describe('what can turn', () => {
  it('is not a disc, and nothing that would become another thing', () => {
    expect(motionsOf(pictures, 0, twoColours)).toContain('turn');
    expect(motionsOf(pictures, 0, 2)).toEqual(motions.filter((motion) => motion !== 'turn'));
    const clock = thingNamed('three o’clock')?.id ?? Number.NaN;
    const slots = pictures.shared.slots.slice();
    slots[clock] = pictures.slot(0, twoColours);
    const clocks = new Pictures({ ...pictures.shared, slots });
    expect(clocks.slot(0, clock)).toBe(pictures.slot(0, twoColours));
    expect(motionsOf(clocks, 0, clock)).not.toContain('turn');
  });
});
