/** Things that their makers animated: real clips, whose motion nobody here chose. Decoded once and packed. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultCacheDir, type FetchOptions } from '../data/fetch.ts';
import { animatedStyles } from '../data/held-out.ts';
import { writeAtomically } from '../data/pack.ts';
import { openPlainStyle, type PlainStyle } from '../data/render-plain.ts';
import type { StyleSource } from '../data/styles.ts';
import { type Thing, thingAt, world } from '../data/world.ts';
import { decodeClip } from './clip-files.ts';

export const animatedStyleId = 'fluent-animated';

/** Raise when decoding changes: it names the cache file. */
const packVersion = 1;

const Index = z.object({ integrity: z.array(z.string()), things: z.array(z.number().int()) });

export interface Animations {
  /** In the world's order. */
  readonly things: readonly Thing[];
  /** [frames, size, size, 3] RGB of a thing among them. */
  frames(thing: Thing): Uint8Array;
  /** Its own file: animated WebP. */
  file(thing: Thing): Promise<Uint8Array>;
}

export interface AnimationOptions extends FetchOptions {
  readonly frames: number;
  readonly size: number;
  /** Where they come from; Fluent's by default. */
  readonly styles?: readonly StyleSource[];
}

/** Fetches and packs what is not cached yet (700 MB to fetch, 90 MB to keep, minutes to decode). @throws when npm cannot fetch. */
export async function openAnimations(options: AnimationOptions): Promise<Animations> {
  const { frames, size, styles = animatedStyles, cacheDir = defaultCacheDir, onProgress } = options;
  const parts: PlainStyle[] = [];
  for (const style of styles) parts.push(await openPlainStyle(style, options));
  const fileOf = async (thing: Thing): Promise<Uint8Array | undefined> => {
    for (const part of parts) {
      const file = await part.file(thing);
      if (file) return file;
    }
    return undefined;
  };

  const base = join(cacheDir, 'animations', `${animatedStyleId}-${frames}x${size}-v${packVersion}`);
  const integrity = styles.map((style) => style.package.integrity);
  const clipBytes = frames * size * size * 3;
  if (!(await isPacked(`${base}.json`, integrity))) {
    const things: number[] = [];
    const clips: Uint8Array[] = [];
    for (const thing of world) {
      if (thing.id % 100 === 0) onProgress?.(`decoding animations: ${thing.id} of ${world.length} things`);
      const file = await fileOf(thing);
      const clip = file && (await decodeClip(file, frames, size));
      if (!clip) continue;
      things.push(thing.id);
      clips.push(clip);
    }
    await mkdir(join(cacheDir, 'animations'), { recursive: true });
    await writeAtomically(`${base}.bin`, Buffer.concat(clips));
    await writeAtomically(`${base}.json`, JSON.stringify({ integrity, things }));
  }

  const { things } = Index.parse(JSON.parse(await readFile(`${base}.json`, 'utf8')));
  const packed = await readFile(`${base}.bin`);
  if (packed.length !== things.length * clipBytes)
    throw new Error(`${base}.bin is short or long: delete it and its index, then run again`);
  const missing = (thing: Thing): Error => new RangeError(`there is no animation of ${thing.en}`);
  return {
    things: things.map(thingAt),
    frames(thing) {
      const place = things.indexOf(thing.id);
      if (place < 0) throw missing(thing);
      return new Uint8Array(packed.subarray(place * clipBytes, (place + 1) * clipBytes));
    },
    async file(thing) {
      const file = things.includes(thing.id) ? await fileOf(thing) : undefined;
      if (!file) throw missing(thing);
      return file;
    },
  };
}

async function isPacked(path: string, integrity: readonly string[]): Promise<boolean> {
  if (!existsSync(path)) return false;
  const index = Index.safeParse(JSON.parse(await readFile(path, 'utf8')));
  return index.success && index.data.integrity.join() === integrity.join();
}
