/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna 2018, https://prng.di.unimi.it), its state filled by
 * splitmix32 from a few integers. Re-seeding allocates nothing, so a sample can be a function of its indices.
 */
export class Rng {
  readonly #s = new Int32Array(4);

  constructor(...parts: number[]) {
    this.seed(...parts);
  }

  /** Restarts the stream from integers, for instance `(seed, epoch, index)`; their order matters. */
  seed(...parts: number[]): this {
    let h = 0x9e3779b9 | 0;
    for (const part of parts) h = mix(h ^ mix((part | 0) + 0x85ebca6b)) + 0x9e3779b9;
    for (let i = 0; i < 4; i++) {
      h = (h + 0x9e3779b9) | 0;
      this.#s[i] = mix(h);
    }
    return this;
  }

  /** Unsigned 32 random bits. */
  bits(): number {
    const s = this.#s as Int32Array & [number, number, number, number];
    const r = Math.imul(rotl(Math.imul(s[1], 5), 7), 9);
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11);
    return r >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.bits() * 2 ** -32;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniform integer in [0, n). */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** True with probability p; always draws. */
  chance(p: number): boolean {
    return this.next() < p;
  }

  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('pick: the list is empty');
    return list[this.int(list.length)] as T;
  }

  /** Fisher–Yates, in place. */
  shuffle<T extends { length: number; [i: number]: unknown }>(list: T): T {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const keep = list[i];
      list[i] = list[j];
      list[j] = keep;
    }
    return list;
  }
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

function mix(x: number): number {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
