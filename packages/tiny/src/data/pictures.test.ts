/** Needs the fetched packages: run the recipe once; says so and skips otherwise. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFetched } from './fetch.ts';
import { heldOutPackages, heldOutStyle } from './held-out.ts';
import { side } from './layout.ts';
import { packPaths } from './pack.ts';
import { Pictures } from './pictures.ts';
import { openPlainStyle } from './render-plain.ts';
import { canonicalHexcode, trainingStyleIds, trainingStyles } from './styles.ts';
import { thingNamed, world } from './world.ts';

const packed = trainingStyleIds.every((id) => existsSync(packPaths(id).index));
const fox = thingNamed('fox')?.id ?? -1;

it('finds pictures whatever way a package writes code points', () => {
  expect(canonicalHexcode('0035-FE0F-20e3')).toBe(canonicalHexcode('35-20E3'));
  expect(canonicalHexcode('1f98a')).toBe('1F98A');
});

describe.skipIf(!packed)('packed pictures (skipped until the recipe has fetched them)', () => {
  it('cover the world but for the few a style lacks', async () => {
    const pictures = await Pictures.load(trainingStyles);
    const missing = (style: number) => world.filter((thing) => pictures.slot(style, thing.id) < 0).length;
    const lacks = Object.fromEntries(trainingStyleIds.map((id, style) => [id, missing(style)]));
    expect(lacks).toEqual({
      noto: 4,
      openmoji: 0,
      'fluent-3d': 12,
      'fluent-flat': 8,
      'noto-v1': 212,
      emojione: 211,
      'emojione-v1': 304,
      fxemoji: 494,
    });
    const rgba = pictures.get('noto', fox);
    expect(rgba).toHaveLength(side * side * 4);
    expect(rgba?.[3]).toBe(0); // transparent corner
  });
});

describe.skipIf(!isFetched(heldOutPackages.twemoji))(
  'held-out pictures (skipped until evaluation has fetched them)',
  () => {
    it('are rendered on white at the size asked for', async () => {
      const twemoji = await openPlainStyle(heldOutStyle);
      const thing = world[fox];
      const rgb = thing && (await twemoji.render(thing, 48));
      expect(rgb).toHaveLength(48 * 48 * 3);
      expect([...(rgb?.subarray(0, 3) ?? [])]).toEqual([255, 255, 255]);
    });
  },
);
