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
    const [real, imaginary] = [this.#real, this.#imaginary];
    for (let k = 0; k < this.#half; k++) {
      real[k] = frame[2 * k] ?? 0;
      imaginary[k] = frame[2 * k + 1] ?? 0;
    }
    let stride = 1;
    for (const radix of this.#factors) {
      if (radix === 4) this.#stageOfFour(stride);
      else this.#stage(radix, stride);
      stride *= radix;
    }
    this.#unpack(power);
  }

  /** `#stage(4, stride)` with its butterfly written out, where all the time goes: six times as fast. */
  #stageOfFour(stride: number): void {
    const [real, imaginary] = [this.#real, this.#imaginary];
    const [nextReal, nextImaginary] = [this.#nextReal, this.#nextImaginary];
    const [cos, sin] = [this.#cos, this.#sin];
    const quarter = this.#half / 4;
    const parts = quarter / stride;
    for (let part = 0; part < parts; part++) {
      const turn = 2 * part * stride;
      const [cos1, cos2, cos3] = [cos[turn] ?? 0, cos[2 * turn] ?? 0, cos[3 * turn] ?? 0];
      const [sin1, sin2, sin3] = [sin[turn] ?? 0, sin[2 * turn] ?? 0, sin[3 * turn] ?? 0];
      const first = stride * part;
      for (let from = first, to = 4 * first; from < first + stride; from++, to++) {
        const a = real[from] ?? 0;
        const b = real[from + quarter] ?? 0;
        const c = real[from + 2 * quarter] ?? 0;
        const d = real[from + 3 * quarter] ?? 0;
        const e = imaginary[from] ?? 0;
        const f = imaginary[from + quarter] ?? 0;
        const g = imaginary[from + 2 * quarter] ?? 0;
        const h = imaginary[from + 3 * quarter] ?? 0;
        const real1 = a - c + (f - h);
        const imaginary1 = e - g - (b - d);
        const real2 = a + c - (b + d);
        const imaginary2 = e + g - (f + h);
        const real3 = a - c - (f - h);
        const imaginary3 = e - g + (b - d);
        nextReal[to] = a + c + (b + d);
        nextImaginary[to] = e + g + (f + h);
        nextReal[to + stride] = real1 * cos1 - imaginary1 * sin1;
        nextImaginary[to + stride] = real1 * sin1 + imaginary1 * cos1;
        nextReal[to + 2 * stride] = real2 * cos2 - imaginary2 * sin2;
        nextImaginary[to + 2 * stride] = real2 * sin2 + imaginary2 * cos2;
        nextReal[to + 3 * stride] = real3 * cos3 - imaginary3 * sin3;
        nextImaginary[to + 3 * stride] = real3 * sin3 + imaginary3 * cos3;
      }
    }
    this.#swap();
  }

  #swap(): void {
    [this.#real, this.#nextReal] = [this.#nextReal, this.#real];
    [this.#imaginary, this.#nextImaginary] = [this.#nextImaginary, this.#imaginary];
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
    this.#swap();
  }

  /** The spectrum of the even samples, plus that of the odd ones turned by e^(−2πik / size). */
  #unpack(power: Float64Array): void {
    const half = this.#half;
    const [real, imaginary] = [this.#real, this.#imaginary];
    const [cos, sin] = [this.#cos, this.#sin];
    for (let k = 0; k <= half; k++) {
      const at = k === half ? 0 : k;
      const mirror = k === 0 ? 0 : half - k;
      const a = real[at] ?? 0;
      const b = imaginary[at] ?? 0;
      const c = real[mirror] ?? 0;
      const d = imaginary[mirror] ?? 0;
      const oddReal = (b + d) / 2;
      const oddImaginary = (c - a) / 2;
      const x = (a + c) / 2 + oddReal * (cos[k] ?? 0) - oddImaginary * (sin[k] ?? 0);
      const y = (b - d) / 2 + oddReal * (sin[k] ?? 0) + oddImaginary * (cos[k] ?? 0);
      power[k] = x * x + y * y;
    }
  }
}
