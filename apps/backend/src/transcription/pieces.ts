/** Long sound, cut into pieces that a model can hear. */

export interface PieceOptions {
  sampleRateHz: number;
  /** No piece is longer. */
  maxSeconds: number;
}

/** A stretch of the whole, in samples; `end` is the first that is not part of it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Sound is judged in stretches of this length: shorter than a pause between words, longer than a period of a voice. */
const windowSeconds = 0.1;

/** A last piece shorter than this would be half a word. */
const shortestSeconds = 0.5;

/**
 * Pieces of `samples` in their order, without gaps or overlaps. Each but the last is between half of `maxSeconds` and all
 * of it, and ends in the middle of the quietest tenth of a second there; among equally quiet ones the latest.
 *
 *     piecesOf(samples, { sampleRateHz: 16_000, maxSeconds: 30 }) // [{ start: 0, end: 412_800 }, …]
 */
export function piecesOf(samples: Float32Array, { sampleRateHz, maxSeconds }: PieceOptions): Piece[] {
  const longest = Math.floor(maxSeconds * sampleRateHz);
  const window = Math.min(Math.round(windowSeconds * sampleRateHz), Math.floor(longest / 4));
  if (window < 1) throw new RangeError(`pieces of ${maxSeconds} s at ${sampleRateHz} Hz have no samples`);
  const shortest = Math.min(Math.round(shortestSeconds * sampleRateHz), Math.floor(longest / 4));
  const pieces: Piece[] = [];
  let start = 0;
  while (samples.length - start > longest) {
    const from = start + Math.floor(longest / 2);
    const to = Math.min(start + longest, samples.length - shortest);
    const end = quietest(samples, from, to, window);
    pieces.push({ start, end });
    start = end;
  }
  pieces.push({ start, end: samples.length });
  return pieces;
}

/** The middle of the window of least energy that lies within [from, to). */
function quietest(samples: Float32Array, from: number, to: number, window: number): number {
  const step = Math.max(1, Math.floor(window / 4));
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at + window <= to; at += step) {
    let energy = 0;
    for (let i = at; i < at + window; i++) energy += (samples[i] ?? 0) ** 2;
    if (energy <= least) {
      least = energy;
      best = at;
    }
  }
  return best + Math.floor(window / 2);
}
