/**
 * Another vocal tract (VTLP, Jaitly & Hinton 2013) and another pace, on log mel features [frames, bins], natural
 * logarithms. Pure: features in, new features out.
 */
import { filterCentre, filterPlace } from './filters.ts';
import { wholeFrames } from './spec-augment.ts';

/** Where the band ends, in Hz. */
const highest = 8000;

/** Up to here frequencies are scaled; above, the rest of the band is squeezed or stretched (the paper's F_hi). */
const bendHz = 4800;

/**
 * Formants moved by `factor`, above 1 towards higher frequencies (a shorter vocal tract), between neighbouring filters
 * by interpolation. 0.9 to 1.1 stays a person.
 *
 *     warpFrequency(features, 0.9 + 0.2 * random.uniform())
 */
export function warpFrequency(features: Float32Array, factor: number, bins = 80): Float32Array {
  if (!(factor > 0.5 && factor < 1.6)) throw new RangeError(`warpFrequency: 0.5 to 1.6, got ${factor}`);
  const frames = wholeFrames(features, bins);
  const bend = (bendHz * Math.min(factor, 1)) / factor; // below it: scaled; the end of the band stays the end
  const out = new Float32Array(features.length);
  for (let bin = 0; bin < bins; bin++) {
    const target = filterCentre(bin, bins);
    const source =
      target <= bend * factor
        ? target / factor
        : highest - ((highest - bend) * (highest - target)) / (highest - bend * factor);
    const place = Math.min(bins - 1, Math.max(0, filterPlace(source, bins)));
    const low = Math.min(Math.floor(place), bins - 2);
    const share = place - low;
    for (let row = 0; row < frames * bins; row += bins) {
      const below = features[row + low] ?? 0;
      out[row + bin] = below + share * ((features[row + low + 1] ?? 0) - below);
    }
  }
  return out;
}

/**
 * The utterance at another pace, its pitch unchanged: [round(frames / pace), bins], between frames by interpolation.
 *
 *     warpTime(features, 1.1) // a tenth faster
 */
export function warpTime(features: Float32Array, pace: number, bins = 80): Float32Array {
  if (!(pace > 0.25 && pace < 4)) throw new RangeError(`warpTime: 0.25 to 4, got ${pace}`);
  const frames = wholeFrames(features, bins);
  const length = frames === 0 ? 0 : Math.max(1, Math.round(frames / pace));
  const out = new Float32Array(length * bins);
  for (let frame = 0; frame < length; frame++) {
    const place = length === 1 ? 0 : (frame * (frames - 1)) / (length - 1);
    const low = Math.floor(place);
    const share = place - low;
    const next = Math.min(low + 1, frames - 1);
    for (let bin = 0; bin < bins; bin++) {
      const below = features[low * bins + bin] ?? 0;
      out[frame * bins + bin] = below + share * ((features[next * bins + bin] ?? 0) - below);
    }
  }
  return out;
}
