import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageDir } from '../data/fetch.ts';
import { animatedStyles } from '../data/held-out.ts';
import { Pictures } from '../data/pictures.ts';
import { drawnPicture, drawnPictures } from '../data/testing.ts';
import { motions } from '../data/video/motions.ts';
import { thingNamed, world } from '../data/world.ts';
import { openAnimations } from './animations.ts';
import { decodeClip, encodeClip } from './clip-files.ts';
import { animationSamples, renderedClipSamples } from './clip-samples.ts';

const size = 16;
const frameBytes = size * size * 3;
/** Frame k is of one grey, 10·k. */
const greys = (frames: number): Uint8Array =>
  Uint8Array.from({ length: frames * frameBytes }, (_, i) => 10 * Math.floor(i / frameBytes));
const greysOf = (clip: Uint8Array | undefined): number[] =>
  Array.from({ length: (clip?.length ?? 0) / frameBytes }, (_, k) => clip?.[k * frameBytes] ?? -1);

describe('a clip as a file', () => {
  it('is an animated WebP that comes back as it was', async () => {
    const file = await encodeClip(greys(8), size);
    const { format, pages, delay } = await sharp(file).metadata();
    expect([format, pages, delay]).toEqual(['webp', 8, Array(8).fill(250)]);
    expect(await decodeClip(file, 8, size)).toEqual(greys(8));
  });

  it('keeps frames that are alike, but for one step of one value', async () => {
    const file = await encodeClip(new Uint8Array(4 * frameBytes).fill(90), size);
    const back = (await decodeClip(file, 4, size)) ?? new Uint8Array();
    expect(back).toHaveLength(4 * frameBytes);
    expect(back.filter((value) => value !== 90)).toHaveLength(2);
    expect(Math.max(...back.map((value) => Math.abs(value - 90)))).toBe(1);
  });

  it('gives frames from all of it, and none of what has too few', async () => {
    const file = await encodeClip(greys(24), size);
    expect(greysOf(await decodeClip(file, 8, size))).toEqual([0, 30, 60, 90, 120, 150, 180, 210]);
    expect(await decodeClip(await encodeClip(greys(1), size), 8, size)).toBeUndefined();
  });

  it('refuses what is no whole number of frames', async () => {
    await expect(encodeClip(new Uint8Array(100), size)).rejects.toThrow(
      /100 bytes are no whole number of 16×16/,
    );
    await expect(encodeClip(new Uint8Array(), size)).rejects.toThrow(/0 bytes/);
  });
});

describe('rendered clips to ask about', () => {
  const half = drawnPictures(8, (thing, style) => drawnPicture(thing, style).fill(0, 0, 10_000));
  const options = { frames: 2, size, strength: 0.5, perMotion: 3 };

  it('are as many of each motion, and the same each time', () => {
    const samples = renderedClipSamples(half, options);
    expect(samples.map((sample) => sample.motion)).toEqual(
      motions.flatMap((motion) => Array(3).fill(motion)),
    );
    const again = renderedClipSamples(half, options);
    expect(again.map((sample) => sample.frames())).toEqual(samples.map((sample) => sample.frames()));
    expect(new Set(samples.map((sample) => sample.thing.id)).size).toBeGreaterThan(3);
  });

  it('say when no picture can do it', () => {
    const slots = half.shared.slots.map((slot, place) => (place === 0 ? slot : -1));
    const disc = new Pictures({ ...drawnPictures().shared, slots });
    expect(() => renderedClipSamples(disc, options)).toThrow(/can turn/);
  });
});

describe('animations by others', () => {
  let cacheDir: string;
  beforeAll(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'animations-'));
    for (const style of animatedStyles) {
      const dir = packageDir(style.package, cacheDir);
      await mkdir(join(dir, 'assets'), { recursive: true });
      await writeFile(join(dir, '.complete'), '');
    }
    const put = async (part: number, name: string, frames: number): Promise<void> => {
      const source = animatedStyles[part]?.package;
      if (source)
        await writeFile(
          join(packageDir(source, cacheDir), 'assets', name),
          await encodeClip(greys(frames), size),
        );
    };
    await put(0, '1f98a.webp', 16); // fox
    await put(3, '1f332.webp', 1); // evergreen tree: does not move
    await put(3, '1f697.webp', 8); // automobile
    await put(2, '1f552.webp', 8); // three o’clock
  });
  afterAll(() => rm(cacheDir, { recursive: true }));

  it('are found by code point in all parts, without those that do not move', async () => {
    const names = ['fox', 'automobile', 'three o’clock'];
    for (const _ of ['packed', 'read again']) {
      const animations = await openAnimations({ frames: 4, size, cacheDir });
      expect(animations.things.map((thing) => thing.en)).toEqual(names);
      const fox = thingNamed('fox');
      if (!fox) throw new Error('the world has a fox');
      expect(greysOf(animations.frames(fox))).toEqual([0, 40, 80, 120]);
      expect((await sharp(await animations.file(fox)).metadata()).pages).toBe(16);
      const tree = thingNamed('evergreen tree') ?? fox;
      expect(() => animations.frames(tree)).toThrow(/no animation of evergreen tree/);
      await expect(animations.file(tree)).rejects.toThrow(/no animation of evergreen tree/);
      expect(animationSamples(animations).map((sample) => sample.thing.en)).toEqual(names.slice(0, 2));
    }
  });

  it('are unpacked when they are of a thing, whatever their variation selectors', () => {
    const keep = animatedStyles[0]?.package.keep ?? /^$/;
    for (const path of ['assets/1f98a.webp', 'assets/2600-fe0f.webp', 'assets/2600.webp'])
      expect(path).toMatch(keep);
    for (const path of ['assets/1f469-1f3fb.webp', 'assets/1f98a.png', 'src/1f98a.webp'])
      expect(path).not.toMatch(keep);
    const missed = world.filter(({ hexcode }) => !keep.test(`assets/${hexcode.toLowerCase()}.webp`));
    expect(missed).toEqual([]);
  });
});
