/**
 * Another vocal tract (VTLP, Jaitly & Hinton 2013), other vowels and another pace, on log mel features [frames, bins], natural
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
  const bend = (bendHz * Math.min(factor, 1)) / factor; // below it: scaled; the end of the band stays the end
  return moveFrequencies(features, bins, (target) =>
    target <= bend * factor
      ? target / factor
      : highest - ((highest - bend) * (highest - target)) / (highest - bend * factor),
  );
}

/** Where `moveFormants` takes its factors, in Hz: about where the first formant lies, then the second, and above them. */
const formantsHz = [400, 1000, 2000, 3200, 5000] as const;

/**
 * Formants moved each for itself, as when somebody's vowels differ and not only the length of the vocal tract: `factors`
 * hold at 400, 1,000, 2,000, 3,200 and 5,000 Hz, between them their logarithms are interpolated over the mel scale, and
 * beyond them they stay as at the last. 0.9 to 1.1 moves vowels about as far as accents do.
 *
 *     moveFormants(features, [1.05, 0.93, 1.1, 1, 0.97])
 */
export function moveFormants(features: Float32Array, factors: readonly number[], bins = 80): Float32Array {
  if (factors.length !== formantsHz.length || factors.some((factor) => !(factor > 0.7 && factor < 1.4)))
    throw new RangeError(`moveFormants: ${formantsHz.length} factors of 0.7 to 1.4, got [${factors}]`);
  const knots = formantsHz.map((hz) => filterPlace(hz, bins));
  const logs = factors.map(Math.log);
  return moveFrequencies(features, bins, (target) => {
    const place = filterPlace(target, bins);
    const above = knots.findIndex((knot) => knot >= place);
    if (above <= 0) return target / ((above === 0 ? factors[0] : factors.at(-1)) ?? 1);
    const [from = 0, to = 0] = knots.slice(above - 1, above + 1);
    const [low = 0, high = 0] = logs.slice(above - 1, above + 1);
    return target / Math.exp(low + ((place - from) / (to - from)) * (high - low));
  });
}

/** Every filter gets what lay at the frequency that `sourceOf` names for its centre, between neighbours by interpolation. */
function moveFrequencies(
  features: Float32Array,
  bins: number,
  sourceOf: (hz: number) => number,
): Float32Array {
  const frames = wholeFrames(features, bins);
  const out = new Float32Array(features.length);
  for (let bin = 0; bin < bins; bin++) {
    const source = sourceOf(filterCentre(bin, bins));
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
  return takeFrames(features, bins, length, (frame) =>
    length === 1 ? 0 : (frame * (frames - 1)) / (length - 1),
  );
}

/**
 * The utterance at a pace that changes as it is said, as no two people hold the same sounds equally long: `paces` hold at
 * as many moments, evenly from its beginning to its end, and are interpolated between them. At most a fourfold change;
 * all 1: as it was.
 *
 *     changePace(features, [1.2, 0.8, 1.1, 1]) // hurried at first
 */
export function changePace(features: Float32Array, paces: readonly number[], bins = 80): Float32Array {
  if (paces.length < 2 || paces.some((pace) => !(pace > 0.25 && pace < 4)))
    throw new RangeError(`changePace: two or more of 0.25 to 4, got [${paces}]`);
  const frames = wholeFrames(features, bins);
  const places: number[] = [];
  for (let place = 0; place <= frames - 1; ) {
    places.push(place);
    const moment = (place / Math.max(1, frames - 1)) * (paces.length - 1);
    const at = Math.min(Math.floor(moment), paces.length - 2);
    const [from = 1, to = 1] = paces.slice(at, at + 2);
    place += from + (moment - at) * (to - from);
  }
  return takeFrames(features, bins, places.length, (frame) => places[frame] ?? 0);
}

/** Frame after frame what was at the place that `placeOf` names, between frames by interpolation. */
function takeFrames(
  features: Float32Array,
  bins: number,
  length: number,
  placeOf: (frame: number) => number,
): Float32Array {
  const last = features.length / bins - 1;
  const out = new Float32Array(length * bins);
  for (let frame = 0; frame < length; frame++) {
    const place = placeOf(frame);
    const low = Math.floor(place);
    const share = place - low;
    const next = Math.min(low + 1, last);
    for (let bin = 0; bin < bins; bin++) {
      const below = features[low * bins + bin] ?? 0;
      out[frame * bins + bin] = below + share * ((features[next * bins + bin] ?? 0) - below);
    }
  }
  return out;
}

/**
 * Peaks over frequency made clearer (`amount` above 0) or flatter (below, −1 leaves none narrower than `width` filters):
 * voices and microphones differ in how sharply formants stand out. The mean over neighbours stays as it was.
 *
 *     sharpenFormants(features, -0.5)
 */
export function sharpenFormants(features: Float32Array, amount: number, width = 7, bins = 80): Float32Array {
  const frames = wholeFrames(features, bins);
  return sharpen(features, amount, width, { lines: frames, apart: bins, places: bins, step: 1 });
}

/**
 * How sounds pass into each other, made more sudden (`amount` above 0) or more gradual (below, −1 leaves nothing shorter
 * than `width` frames of 10 ms): tongues differ in their haste, and synthesisers more. The mean over time stays as it was.
 *
 *     sharpenTransitions(features, -0.5)
 */
export function sharpenTransitions(
  features: Float32Array,
  amount: number,
  width = 5,
  bins = 80,
): Float32Array {
  const frames = wholeFrames(features, bins);
  return sharpen(features, amount, width, { lines: bins, apart: 1, places: frames, step: bins });
}

/** Values that are neighbours: `lines` of them, whose beginnings are `apart`; along a line, `places` each a `step` on. */
interface Lines {
  readonly lines: number;
  readonly apart: number;
  readonly places: number;
  readonly step: number;
}

/** Every value moved by `amount` times what it is above the mean of the `width` around it; fewer at the ends of a line. */
function sharpen(
  features: Float32Array,
  amount: number,
  width: number,
  { lines, apart, places, step }: Lines,
): Float32Array {
  const reach = Math.floor(width / 2);
  const out = new Float32Array(features.length);
  for (let start = 0; start < lines * apart; start += apart) {
    for (let place = 0; place < places; place++) {
      const [from, to] = [Math.max(0, place - reach), Math.min(places - 1, place + reach)];
      let sum = 0;
      for (let other = from; other <= to; other++) sum += features[start + other * step] ?? 0;
      const at = start + place * step;
      const value = features[at] ?? 0;
      out[at] = value + amount * (value - sum / (to - from + 1));
    }
  }
  return out;
}
