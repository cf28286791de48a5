/** Triangular filters that sum the bins of a power spectrum on a mel scale; Kaldi's and Whisper's. */

/** Filters over bins, applied without their many zeros. */
export class MelFilters {
  readonly shape: readonly [filters: number, bins: number];
  /** Weights, [filters, bins]. */
  readonly data: Float64Array;
  readonly #first: number[] = [];
  readonly #end: number[] = [];

  constructor(filters: number, bins: number, weight: (filter: number, bin: number) => number) {
    this.shape = [filters, bins];
    this.data = new Float64Array(filters * bins);
    for (let filter = 0; filter < filters; filter++) {
      let [first, end] = [bins, 0];
      for (let bin = 0; bin < bins; bin++) {
        const value = weight(filter, bin);
        if (value === 0) continue;
        this.data[filter * bins + bin] = value;
        first = Math.min(first, bin);
        end = bin + 1;
      }
      this.#first.push(first);
      this.#end.push(end);
    }
  }

  /** The energy that `filter` lets through of `power` [bins]. */
  energy(filter: number, power: Float64Array): number {
    const data = this.data;
    const row = filter * this.shape[1];
    const end = this.#end[filter] ?? 0;
    let sum = 0;
    for (let bin = this.#first[filter] ?? 0; bin < end; bin++) {
      sum += (data[row + bin] ?? 0) * (power[bin] ?? 0);
    }
    return sum;
  }
}

/** Height at `x` of the triangle over `left`, `centre` and `right`. */
const triangle = (x: number, left: number, centre: number, right: number): number =>
  Math.max(0, Math.min((x - left) / (centre - left), (right - x) / (right - centre)));

/** Kaldi's scale: O'Shaughnessy's, in natural logarithms. */
const kaldiMel = (hz: number): number => 1127 * Math.log1p(hz / 700);

/**
 * Kaldi's filters (feat/mel-computations.cc), 20 Hz to 8 kHz for sound at 16 kHz, triangular in mel
 * and of height 1: [filters, size / 2 + 1]. The last bin, at 8 kHz, belongs to none.
 */
export function kaldiMelFilters(size: number, filters = 80): MelFilters {
  if (size !== 512 || filters !== 80) return makeKaldiMelFilters(size, filters);
  usualFilters ??= makeKaldiMelFilters(size, filters);
  return usualFilters;
}

/** Those of frames of 25 ms, made once: making them takes as long as 100 frames of using them. */
let usualFilters: MelFilters | undefined;

function makeKaldiMelFilters(size: number, filters: number): MelFilters {
  const lowest = kaldiMel(20);
  const step = (kaldiMel(8000) - lowest) / (filters + 1);
  return new MelFilters(filters, size / 2 + 1, (filter, bin) => {
    if (bin === size / 2) return 0;
    const left = lowest + filter * step;
    return triangle(kaldiMel((16_000 / size) * bin), left, left + step, left + 2 * step);
  });
}

/** Slaney's scale (Auditory Toolbox): linear to 1 kHz, which is 15 mel, then 27 mel per factor of 6.4. */
const slaneyHz = (mel: number): number => (mel < 15 ? (mel * 200) / 3 : 1000 * 6.4 ** ((mel - 15) / 27));
const slaneyMel8000 = 15 + (27 * Math.log(8)) / Math.log(6.4);

/**
 * Whisper's filters (librosa's defaults), 0 to 8 kHz for sound at 16 kHz, triangular in Hz and of area
 * 1 (2 / width): [filters, size / 2 + 1].
 */
export function whisperMelFilters(size = 400, filters = 80): MelFilters {
  const edge = (index: number) => slaneyHz((slaneyMel8000 * index) / (filters + 1));
  return new MelFilters(filters, size / 2 + 1, (filter, bin) => {
    const [left, centre, right] = [edge(filter), edge(filter + 1), edge(filter + 2)];
    return (triangle((16_000 / size) * bin, left, centre, right) * 2) / (right - left);
  });
}
