/** Damaged files, the same each time: a result or a `MediaError`, in time, and the process lives. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MediaError } from '../error.ts';
import { decodeSpeech, decodeVideo } from '../node.ts';

const folder = new URL('../testing/fixtures/', import.meta.url);
const files = readdirSync(folder).filter((name) => !/^(8k|three-hours)/.test(name));
const roundsOfEach = 12;

/** Marsaglia's xorshift. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A few bytes overwritten, a stretch of noise, or a cut; headers are hit more often than their share. */
function damage(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const copy = bytes.slice();
  const place = () => random(random(2) === 0 ? Math.min(600, copy.length) : copy.length);
  const kind = random(4);
  if (kind === 0) return copy.subarray(0, 16 + random(copy.length - 16));
  if (kind === 1)
    copy.set(
      Uint8Array.from({ length: 64 }, () => random(256)),
      8 + random(copy.length - 72),
    );
  else for (let flips = 1 + random(24); flips > 0; flips--) copy[place()] = random(256);
  return copy;
}

it.each(files)('%s', { timeout: 120_000 }, async (name) => {
  const bytes = readFileSync(new URL(name, folder));
  const random = randomNumbers(name.length * 7919 + bytes.length);
  for (let round = 0; round < roundsOfEach; round++) {
    const broken = damage(bytes, random);
    for (const decode of [
      () => decodeSpeech(broken),
      () => decodeVideo(broken, { frames: 3, size: 16, audio: true }),
    ]) {
      const outcome: unknown = await decode().catch((error: unknown) => error);
      if (outcome instanceof MediaError) expect(outcome.code).not.toBe('media_timeout');
      else if (outcome instanceof Error) throw new Error(`${name} #${round}`, { cause: outcome });
    }
  }
});
