/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** Rounds that spread a seed over the whole state: as many as PractRand's own seeding of sfc32 runs. */
const warmUpRounds = 15;

/**
 * sfc32 of PractRand: 128 bits of state, and equal seeds give equal streams on every machine. `seed` is any safe
 * integer, negative ones included. Not for secrets.
 */
export function createRandom(seed: number): Random {
  let a = Math.floor(seed / 2 ** 32) | 0;
  let b = seed | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < warmUpRounds; round++) next();
  return next;
}

/** A seed for a request that brings none. */
export const randomSeed = (): number => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
