/** Other balances of loudness, on log mel features [frames, bins], natural logarithms. Pure: features in, new features out. */
import { filterPlace } from './filters.ts';
import { wholeFrames } from './spec-augment.ts';

/** Where what hisses is louder than below, and what is voiced is not. */
const hissHz = 3000;

/**
 * What hisses, s or f, made louder (`gain` above 0) or softer than what is voiced, all its filters by as many natural
 * logarithms of power: 1 is 4.3 dB. Mouths, microphones and synthesisers differ in it. Frames count as hissing the more their
 * mean above 3 kHz exceeds that below, both against the utterance's own.
 *
 *     changeHiss(features, -1)
 */
export function changeHiss(features: Float32Array, gain: number, bins = 80): Float32Array {
  const frames = wholeFrames(features, bins);
  const edge = Math.ceil(filterPlace(hissHz, bins));
  const tilts = Float32Array.from(
    { length: frames },
    (_, frame) =>
      meanOf(features, frame * bins + edge, (frame + 1) * bins) -
      meanOf(features, frame * bins, frame * bins + edge),
  );
  const usual = meanOf(tilts, 0, frames);
  return moveFrames(features, bins, (frame) => gain / (1 + Math.exp(usual - (tilts[frame] ?? 0))));
}

/**
 * What is loud made louder still against what is soft (`amount` above 0) or more alike (below, −1 leaves every frame equally
 * loud): speakers stress and swallow syllables differently. The mean over the utterance stays as it was.
 *
 *     changeDynamics(features, 0.3)
 */
export function changeDynamics(features: Float32Array, amount: number, bins = 80): Float32Array {
  const frames = wholeFrames(features, bins);
  const mean = meanOf(features, 0, frames * bins);
  return moveFrames(
    features,
    bins,
    (frame) => amount * (meanOf(features, frame * bins, (frame + 1) * bins) - mean),
  );
}

/** All filters of a frame by as much as `by` says of it. */
function moveFrames(features: Float32Array, bins: number, by: (frame: number) => number): Float32Array {
  const out = new Float32Array(features.length);
  for (let frame = 0; frame < features.length / bins; frame++) {
    const change = by(frame);
    for (let at = frame * bins; at < (frame + 1) * bins; at++) out[at] = (features[at] ?? 0) + change;
  }
  return out;
}

function meanOf(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ?? 0;
  return to > from ? sum / (to - from) : 0;
}
