/** Which frames of a video to decode, by when they are shown: right for a variable frame rate too. */

/** `uniform` spreads them over the whole video; a rate takes the first ones, so many a second, as X-LLM's code does. */
export type FrameSampling = 'uniform' | { readonly fps: number };

/**
 * The places in `times` [frames, growing seconds] of at most `wanted` frames. What is on the screen at a time is the
 * last frame that began before it. At a constant frame rate `uniform` is `uniformFrames`' ⌊i·n/t⌋.
 *
 * A video with fewer frames than are wanted gives each once; a frame that stands long may be chosen repeatedly.
 *
 * `chooseFrames([0, 1, 2, 3], 4, 2, 'uniform')` → `[0, 2]`
 */
export function chooseFrames(
  times: ArrayLike<number>,
  seconds: number,
  wanted: number,
  sampling: FrameSampling,
): number[] {
  const first = times[0] ?? 0;
  const chosen: number[] = [];
  if (sampling === 'uniform' && times.length <= wanted) return Array.from(times, (_, index) => index);
  const step = sampling === 'uniform' ? seconds / wanted : 1 / sampling.fps;
  for (let i = 0, index = 0; i < wanted && (i === 0 || i * step < seconds); i++) {
    // A microsecond: containers round the times of frames.
    while (index + 1 < times.length && (times[index + 1] ?? 0) - first <= i * step + 1e-6) index++;
    chosen.push(index);
  }
  return chosen;
}
