/**
 * Power spectra of real frames of any even length: Kaldi's 512, Whisper's 400 (which the packages for
 * powers of two cannot do). Stockham's self-sorting FFT with mixed radices (Van Loan, "Computational
 * Frameworks for the Fast Fourier Transform", 1.7), on frames packed as half as many complex numbers.
 */

/** Fours first, which saves passes, then primes. */
function factorsOf(size: number): number[] {
  const factors: number[] = [];
  let rest = size;
  for (; rest % 4 === 0; rest /= 4) factors.push(4);
  for (let factor = 2; rest > 1; factor++) {
    for (; rest % factor === 0; rest /= factor) factors.push(factor);
  }
  return factors;
}

export class PowerSpectrum {
  /** Bins of the spectrum: size / 2 + 1. */
  readonly bins: number;
  readonly #half: number;
  readonly #factors: readonly number[];
  /** e^(−2πik / size), k < size; every second one is a root of the half-size transform. */
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  #real: Float64Array;
  #imaginary: Float64Array;
  #nextReal: Float64Array;
  #nextImaginary: Float64Array;

  /** Throws RangeError unless `size` is even and at least 2. */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 2 || size % 2 !== 0) {
      throw new RangeError(`PowerSpectrum: the size must be even and at least 2, got ${size}`);
    }
    this.#half = size / 2;
    this.bins = this.#half + 1;
    this.#factors = factorsOf(this.#half);
    this.#cos = Float64Array.from({ length: size }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: size }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.#real = new Float64Array(this.#half);
    this.#imaginary = new Float64Array(this.#half);
    this.#nextReal = new Float64Array(this.#half);
    this.#nextImaginary = new Float64Array(this.#half);
  }

  /** |DFT(frame)|² of `frame` [size] into `power` [bins]. */
  transform(frame: Float64Array, power: Float64Array): void {
    for (let k = 0; k < this.#half; k++) {
      this.#real[k] = frame[2 * k] ?? 0;
      this.#imaginary[k] = frame[2 * k + 1] ?? 0;
    }
    let stride = 1;
    for (const radix of this.#factors) {
      this.#stage(radix, stride);
      stride *= radix;
    }
    this.#unpack(power);
  }

  /** One pass: `stride` interleaved transforms of length half / stride become radix times as many. */
  #stage(radix: number, stride: number): void {
    const half = this.#half;
    const parts = half / stride / radix;
    for (let part = 0; part < parts; part++) {
      for (let k = 0; k < radix; k++) {
        // Roots of the butterfly and the twiddle, as indices into the table of the full size.
        const twiddle = 2 * part * k * stride;
        const step = (2 * half * k) / radix;
        for (let q = 0; q < stride; q++) {
          let real = 0;
          let imaginary = 0;
          for (let j = 0; j < radix; j++) {
            const root = (twiddle + step * j) % (2 * half);
            const cos = this.#cos[root] ?? 0;
            const sin = this.#sin[root] ?? 0;
            const from = q + stride * (part + parts * j);
            const a = this.#real[from] ?? 0;
            const b = this.#imaginary[from] ?? 0;
            real += a * cos - b * sin;
            imaginary += a * sin + b * cos;
          }
          const to = q + stride * (radix * part + k);
          this.#nextReal[to] = real;
          this.#nextImaginary[to] = imaginary;
        }
      }
    }
    [this.#real, this.#nextReal] = [this.#nextReal, this.#real];
    [this.#imaginary, this.#nextImaginary] = [this.#nextImaginary, this.#imaginary];
  }

  /** The spectrum of the even samples, plus that of the odd ones turned by e^(−2πik / size). */
  #unpack(power: Float64Array): void {
    const half = this.#half;
    for (let k = 0; k <= half; k++) {
      const a = this.#real[k % half] ?? 0;
      const b = this.#imaginary[k % half] ?? 0;
      const c = this.#real[(half - k) % half] ?? 0;
      const d = this.#imaginary[(half - k) % half] ?? 0;
      const cos = this.#cos[k] ?? 0;
      const sin = this.#sin[k] ?? 0;
      const oddReal = (b + d) / 2;
      const oddImaginary = (c - a) / 2;
      const real = (a + c) / 2 + oddReal * cos - oddImaginary * sin;
      const imaginary = (b - d) / 2 + oddReal * sin + oddImaginary * cos;
      power[k] = real * real + imaginary * imaginary;
    }
  }
}
