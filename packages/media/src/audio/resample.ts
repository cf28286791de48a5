/**
 * Band-limited interpolation (J. O. Smith, "Digital Audio Resampling"): each output is the input
 * under a windowed sinc, centred where the output lies between the inputs. The sinc of torchaudio's
 * `functional.resample`; the two designs are its `sinc_interp_kaiser` as resampy tuned it, and its default.
 */

export interface ResampleFilter {
  /** Zero crossings of the sinc on either side of its centre. */
  readonly zeroCrossings: number;
  /** Cutoff, as a share of the lower of the two Nyquist frequencies. */
  readonly rolloff: number;
  /** Window over the sinc at a distance from its centre; 1 is the edge. */
  window(distance: number): number;
}

/** Modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Constants of resampy's `kaiser_best`. Measured: noise and aliases below −85 dB. */
export const kaiserBest: ResampleFilter = {
  zeroCrossings: 64,
  rolloff: 0.9475937167399596,
  window: (distance) => {
    const beta = 14.769656459379492;
    return besselI0(beta * Math.sqrt(1 - distance * distance)) / besselI0(beta);
  },
};

/** `torchaudio.transforms.Resample()`, which X-LLM used: short, and lets aliases through at −28 dB. */
export const torchaudioDefault: ResampleFilter = {
  zeroCrossings: 6,
  rolloff: 0.99,
  window: (distance) => Math.cos((distance * Math.PI) / 2) ** 2,
};

/** Linear interpolation in a table this long is off by at most beta / 8 / size² = 3e-8, or −150 dB. */
const tableSize = 8192;

/** Made once per filter: it takes as long as resampling half a second. */
const windowTables = new WeakMap<ResampleFilter, Float64Array>();

function windowTable(filter: ResampleFilter): Float64Array {
  let table = windowTables.get(filter);
  if (!table) {
    table = makeWindowTable(filter);
    windowTables.set(filter, table);
  }
  return table;
}

function makeWindowTable({ window }: ResampleFilter): Float64Array {
  const table = new Float64Array(tableSize + 2); // the edge, and zero beyond it
  for (let at = 0; at <= tableSize; at++) table[at] = window(at / tableSize);
  return table;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/**
 * Changes the sample rate of `samples` [n] from `fromHz` to `toHz`, both whole numbers:
 * [ceil(n · toHz / fromHz)], the first sample staying where it is, silence around the ends. Equal
 * rates copy. Throws RangeError for rates that are not positive integers.
 *
 * `resample(samples, 44_100)` → samples at 16 kHz
 */
export function resample(
  samples: Float32Array,
  fromHz: number,
  toHz = 16_000,
  filter: ResampleFilter = kaiserBest,
): Float32Array {
  for (const rate of [fromHz, toHz]) {
    if (!Number.isInteger(rate) || rate < 1) {
      throw new RangeError(`resample: rates must be positive integers in Hz, got ${fromHz} and ${toHz}`);
    }
  }
  if (fromHz === toHz) return samples.slice();
  const divisor = greatestDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const out = new Float32Array(Math.ceil((samples.length * up) / down));
  const cutoff = filter.rolloff * Math.min(1, up / down); // of the input's Nyquist frequency
  const reach = Math.ceil(filter.zeroCrossings / cutoff);
  const table = windowTable(filter);
  const taps = new Float64Array(2 * reach);
  // Outputs `up` apart lie alike between the inputs: one row of taps at a time serves them all, so that
  // memory stays small however odd the ratio.
  for (let phase = 0; phase < Math.min(up, out.length); phase++) {
    const before = Math.floor((phase * down) / up);
    const fraction = ((phase * down) % up) / up;
    for (let tap = 0; tap < taps.length; tap++) {
      const crossings = Math.abs(tap - reach + 1 - fraction) * cutoff;
      const place = (crossings / filter.zeroCrossings) * tableSize;
      const index = Math.floor(place);
      const low = table[index] ?? 0;
      const weight = low + ((table[index + 1] ?? 0) - low) * (place - index);
      const angle = Math.PI * crossings;
      taps[tap] = cutoff * weight * (angle === 0 ? 1 : Math.sin(angle) / angle);
    }
    for (let at = phase, first = before - reach + 1; at < out.length; at += up, first += down) {
      const end = Math.min(taps.length, samples.length - first);
      let sum = 0;
      for (let tap = Math.max(0, -first); tap < end; tap++) {
        sum += (taps[tap] ?? 0) * (samples[first + tap] ?? 0);
      }
      out[at] = sum;
    }
  }
  return out;
}
