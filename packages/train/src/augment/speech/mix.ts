/**
 * Speech in noise at a signal-to-noise ratio, in waves (exact) and in log mel features (close to it: powers of sounds
 * that have nothing to do with each other add up).
 */
import { emphasis, filterCentre } from './filters.ts';
import { wholeFrames } from './spec-augment.ts';

/** Pieces of 10 ms at 16 kHz; those within 40 dB of the loudest count as speech. */
const pieceSamples = 160;
const activeShare = 1e-4;

/** Mean power of the pieces in which somebody speaks; pauses and silence around them do not count. */
export function activePower(samples: Float32Array): number {
  const pieces = Array.from({ length: Math.ceil(samples.length / pieceSamples) }, (_, at) => {
    const piece = samples.subarray(at * pieceSamples, (at + 1) * pieceSamples);
    return piece.reduce((sum, value) => sum + value * value, 0) / piece.length;
  });
  return activeMean(pieces);
}

function activeMean(powers: Iterable<number>): number {
  const all = [...powers];
  const threshold = all.reduce((most, power) => Math.max(most, power), 0) * activeShare;
  let [sum, count] = [0, 0];
  for (const power of all) {
    if (power <= threshold) continue;
    sum += power;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

const meanOf = (powers: Float64Array): number =>
  powers.length === 0 ? 0 : powers.reduce((sum, power) => sum + power, 0) / powers.length;

/**
 * Speech plus noise, the noise scaled so that the power of the speech, where somebody speaks, is `snrDb` decibels above
 * the mean power of the noise. The noise is repeated or cut to the length of the speech. Silent speech or noise: the
 * speech. The sum may leave [−1, 1].
 *
 *     mixAtSnr(speech, colouredNoise('pink', speech.length, random), 10)
 */
export function mixAtSnr(speech: Float32Array, noise: Float32Array, snrDb: number): Float32Array {
  if (noise.length === 0) throw new RangeError('mixAtSnr: the noise is empty');
  const used = Float32Array.from(speech, (_, at) => noise[at % noise.length] ?? 0);
  const noisePower = used.reduce((sum, value) => sum + value * value, 0) / Math.max(1, used.length);
  const speechPower = activePower(speech);
  if (noisePower === 0 || speechPower === 0) return speech.slice();
  const gain = Math.sqrt(speechPower / noisePower / 10 ** (snrDb / 10));
  return speech.map((value, at) => value + gain * (used[at] ?? 0));
}

/**
 * The same for log mel features [frames, bins] (natural logarithms of power): ln(e^speech + gain · e^noise). The power of
 * a frame is the sum over its filters with the pre-emphasis taken back, so the ratio is that of the waves, but for
 * what lies below the lowest filter: pink noise comes out about 1 decibel louder, brown noise 5 to 7.
 *
 *     mixFeaturesAtSnr(features, noiseFeatures, 10)
 */
export function mixFeaturesAtSnr(
  speech: Float32Array,
  noise: Float32Array,
  snrDb: number,
  bins = 80,
): Float32Array {
  const frames = wholeFrames(speech, bins);
  const noiseFrames = wholeFrames(noise, bins);
  if (noiseFrames === 0) throw new RangeError('mixFeaturesAtSnr: the noise is empty');
  const weights = Float64Array.from({ length: bins }, (_, bin) => 1 / emphasis(filterCentre(bin, bins)));
  const powersOf = (features: Float32Array, count: number, frameCount: number) =>
    Float64Array.from({ length: count }, (_, frame) => {
      const row = (frame % frameCount) * bins;
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) {
        sum += Math.exp(features[row + bin] ?? 0) * (weights[bin] ?? 0);
      }
      return sum;
    });
  const speechPower = activeMean(powersOf(speech, frames, frames));
  const noisePower = meanOf(powersOf(noise, frames, noiseFrames));
  if (speechPower === 0 || noisePower === 0) return speech.slice();
  const shift = Math.log(speechPower / noisePower) - (snrDb / 10) * Math.LN10;
  return addFeatures(speech, noise, shift, bins);
}

/** Features [frames, bins] begun at another frame; what came before it comes last. */
export function beginAt(features: Float32Array, frame: number, bins = 80): Float32Array {
  const start = frame * bins;
  const turned = new Float32Array(features.length);
  turned.set(features.subarray(start));
  turned.set(features.subarray(0, start), features.length - start);
  return turned;
}

/** ln(e^speech + e^(noise + shift)), the noise repeated or cut: what mixing waves does, phases apart. */
export function addFeatures(
  speech: Float32Array,
  noise: Float32Array,
  shift: number,
  bins = 80,
): Float32Array {
  const length = wholeFrames(noise, bins) * bins;
  return speech.map((value, at) => {
    const other = (noise[at % length] ?? 0) + shift;
    return Math.max(value, other) + Math.log1p(Math.exp(-Math.abs(value - other)));
  });
}
