/** When the tokens that CIF fires were said. */
import type { Firing } from './interface.ts';

export interface Fired {
  /** The weight of each frame. */
  readonly weights: ArrayLike<number>;
  /** The frame in which each token was complete; of a tail, the first frame behind the end. */
  readonly firedAt: readonly number[];
  /** Where a frame begins, in seconds; a number between frames is a place within one. */
  secondsAt(index: number): number;
  readonly durationSeconds: number;
}

/** A token has begun when it holds so much of the weight of 1 that it will have: silence before it weighs next to nothing. */
const begun = 0.05;

/**
 * A token ends where its weight is full, within the frame in the same share as the frame's weight was needed; it begins
 * where it holds a twentieth of its weight, and not before the one before it ended.
 */
export function firingTimes({ weights, firedAt, secondsAt, durationSeconds }: Fired): Firing[] {
  const frames = weights.length;
  const clamp = (seconds: number) => Math.min(Math.max(seconds, 0), durationSeconds);
  let frame = 0;
  let before = 0; // the weight of the frames before `frame`
  /** The place where all weights so far reach `sum`; from where the last search ended, not beyond frame `last`. */
  const reach = (sum: number, last: number): number => {
    while (frame < last && before + (weights[frame] ?? 0) < sum) before += weights[frame++] ?? 0;
    const weight = weights[frame] ?? 0;
    return frame + (weight > 0 ? Math.min(Math.max((sum - before) / weight, 0), 1) : 0);
  };
  let end = 0;
  return firedAt.map((at, index) => {
    const start = Math.max(end, clamp(secondsAt(reach(index + begun, Math.min(at, frames - 1)))));
    const tail = at >= frames || at < 0;
    end = Math.max(start, tail ? clamp(secondsAt(frames)) : clamp(secondsAt(reach(index + 1, at))));
    return { startSeconds: start, endSeconds: end };
  });
}
