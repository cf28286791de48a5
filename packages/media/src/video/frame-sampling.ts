/**
 * Which frames of a video a model looks at. Numbers count from 0 and grow; a video of fewer frames than are wanted gives
 * all it has.
 */

/** Where in each of equal stretches a frame is taken; `ends` reaches from the first frame to the last. */
export type UniformRule = 'start' | 'middle' | 'ends';

/**
 * `wanted` frames spread evenly over `frames`: `start` is ⌊i·n/t⌋ (LAVIS' `load_video`, X-LLM's "uniform"), `middle`
 * ⌊(i + ½)·n/t⌋, `ends` ⌊i·(n − 1)/(t − 1)⌋. Computed in double precision as NumPy does.
 *
 * `uniformFrames(300, 4)` → `[0, 75, 150, 225]`
 */
export function uniformFrames(frames: number, wanted: number, rule: UniformRule = 'start'): number[] {
  requireCount('frames', frames);
  requireCount('wanted', wanted);
  const count = Math.min(frames, wanted);
  return Array.from({ length: count }, (_, i) => Math.floor(rules[rule](i, frames, count)));
}

const rules: Readonly<Record<UniformRule, (i: number, frames: number, count: number) => number>> = {
  start: (i, frames, count) => i * (frames / count),
  middle: (i, frames, count) => ((i + 0.5) * frames) / count,
  // The last is the last frame, whatever the step was rounded to.
  ends: (i, frames, count) =>
    i === count - 1 && i > 0 ? frames - 1 : i * ((frames - 1) / Math.max(1, count - 1)),
};

/** X-LLM's code looks no further than this into a video. */
const longestSeconds = 60;

/**
 * One frame a second from the start, at most `most`, as X-LLM's code samples: the frame rate is cut to a whole number
 * first (29.97 → 29, below 1 and not known, 0, → 1), so "a second" drifts. Its training takes the first 5.
 *
 * `firstSeconds(90, 30, 5)` → `[0, 30, 60]`
 */
export function firstSeconds(
  frames: number,
  framesPerSecond: number,
  most = Number.POSITIVE_INFINITY,
): number[] {
  requireCount('frames', frames);
  if (!(framesPerSecond >= 0 && Number.isFinite(framesPerSecond))) {
    throw new RangeError(`frames per second should not be negative, got ${framesPerSecond}`);
  }
  const step = Math.max(1, Math.trunc(framesPerSecond));
  const seconds = Math.min(longestSeconds, Math.ceil(frames / step));
  const count = Math.min(seconds + 1, most);
  return Array.from({ length: count }, (_, second) => second * step).filter((frame) => frame < frames);
}

function requireCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${what} should be a count, got ${value}`);
}
