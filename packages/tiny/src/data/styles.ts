/** Where each style's pictures lie in its package, and which picture is which thing. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type DataPackage, trainingPackages } from './packages.ts';
import type { Thing } from './world.ts';

export interface StyleSource {
  readonly id: string;
  readonly package: DataPackage;
  /** Reads the folder of the unpacked package; the answer gives the file's bytes for a thing, or undefined. */
  open(dir: string): Promise<(thing: Depicted) => Promise<Uint8Array | undefined>>;
}

/** What pictures are found by. */
export type Depicted = Pick<Thing, 'hexcode' | 'en'>;

/** Packages disagree on zero padding, case and on the variation selector FE0F: compare without them. */
export function canonicalHexcode(name: string): string {
  return name
    .toUpperCase()
    .split('-')
    .filter((part) => part !== 'FE0F')
    .map((part) => part.replace(/^0+/, ''))
    .join('-');
}

/** One file per picture, named by its code points. */
export function fileStyle(id: string, source: DataPackage, folder: string, extension: string): StyleSource {
  return {
    id,
    package: source,
    async open(dir) {
      const files = new Map<string, string>();
      for (const name of await readdir(join(dir, folder))) {
        if (name.endsWith(extension)) files.set(canonicalHexcode(name.slice(0, -extension.length)), name);
      }
      return async ({ hexcode }) => {
        const name = files.get(canonicalHexcode(hexcode));
        return name === undefined ? undefined : readFile(join(dir, folder, name));
      };
    },
  };
}

const Icon = z.object({ body: z.string(), width: z.number().optional(), height: z.number().optional() });

const IconifySet = z.object({
  width: z.number(),
  height: z.number(),
  icons: z.record(z.string(), Icon),
  aliases: z.record(z.string(), z.object({ parent: z.string() })).optional(),
});

/** Letters and digits alone: sets write “polar bear” as polar-bear or polarbear. */
const squashed = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** An Iconify set: SVG bodies by name, found by the code points of `chars.json`, or else by the thing's name. */
export function iconifyStyle(id: string, source: DataPackage): StyleSource {
  return {
    id,
    package: source,
    async open(dir) {
      const json = async (name: string): Promise<unknown> =>
        JSON.parse(await readFile(join(dir, name), 'utf8'));
      const { icons, aliases = {}, ...size } = IconifySet.parse(await json('icons.json'));
      const chars = z.record(z.string(), z.string()).parse(await json('chars.json'));
      const byCode = new Map(Object.entries(chars).map(([code, name]) => [canonicalHexcode(code), name]));
      const byName = new Map(
        [
          ...Object.entries(aliases).map(([name, { parent }]) => [name, parent] as const),
          ...Object.keys(icons).map((name) => [name, name] as const),
        ].map(([name, icon]) => [squashed(name), icon]),
      );
      return async ({ hexcode, en }) => {
        const icon = icons[byCode.get(canonicalHexcode(hexcode)) ?? byName.get(squashed(en)) ?? ''];
        if (!icon) return undefined;
        const box = `0 0 ${icon.width ?? size.width} ${icon.height ?? size.height}`;
        return Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="128" height="128">${icon.body}</svg>`,
        );
      };
    },
  };
}

/** The styles training draws from. */
export const trainingStyles = [
  fileStyle('noto', trainingPackages.noto, 'img/google/64', '.png'),
  fileStyle('openmoji', trainingPackages.openmoji, 'color/svg', '.svg'),
  fileStyle('fluent-3d', trainingPackages.fluent3d, 'assets', '.webp'),
  iconifyStyle('fluent-flat', trainingPackages.fluentFlat),
  iconifyStyle('noto-v1', trainingPackages.notoV1),
  iconifyStyle('emojione', trainingPackages.emojione),
  iconifyStyle('emojione-v1', trainingPackages.emojioneV1),
  iconifyStyle('fxemoji', trainingPackages.fxemoji),
] as const satisfies readonly StyleSource[];

export const trainingStyleIds: readonly string[] = trainingStyles.map((style) => style.id);

/** The pinned training style with this id. @throws if there is none. */
export function trainingStyle(id: string): StyleSource {
  const style = trainingStyles.find((candidate) => candidate.id === id);
  if (!style) throw new Error(`no training style '${id}': there are ${trainingStyleIds.join(', ')}`);
  return style;
}
