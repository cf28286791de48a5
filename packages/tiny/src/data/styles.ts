/** Where each style's pictures lie in its package, and which picture is which thing. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type DataPackage, trainingPackages } from './packages.ts';

export interface StyleSource {
  readonly id: string;
  readonly package: DataPackage;
  /** Reads the folder of the unpacked package; the answer gives the file's bytes for a hexcode, or undefined. */
  open(dir: string): Promise<(hexcode: string) => Promise<Uint8Array | undefined>>;
}

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
      return async (hexcode) => {
        const name = files.get(canonicalHexcode(hexcode));
        return name === undefined ? undefined : readFile(join(dir, folder, name));
      };
    },
  };
}

const IconifySet = z.object({
  width: z.number(),
  height: z.number(),
  icons: z.record(z.string(), z.object({ body: z.string() })),
});

/** An Iconify set: SVG bodies by name, and `chars.json` from code points to names. */
export function iconifyStyle(id: string, source: DataPackage): StyleSource {
  return {
    id,
    package: source,
    async open(dir) {
      const json = async (name: string): Promise<unknown> =>
        JSON.parse(await readFile(join(dir, name), 'utf8'));
      const set = IconifySet.parse(await json('icons.json'));
      const names = new Map<string, string>();
      for (const [code, name] of Object.entries(
        z.record(z.string(), z.string()).parse(await json('chars.json')),
      )) {
        names.set(canonicalHexcode(code), name);
      }
      return async (hexcode) => {
        const icon = set.icons[names.get(canonicalHexcode(hexcode)) ?? ''];
        if (!icon) return undefined;
        const box = `0 0 ${set.width} ${set.height}`;
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
] as const satisfies readonly StyleSource[];

export const trainingStyleIds: readonly string[] = trainingStyles.map((style) => style.id);

/** The pinned training style with this id. @throws if there is none. */
export function trainingStyle(id: string): StyleSource {
  const style = trainingStyles.find((candidate) => candidate.id === id);
  if (!style) throw new Error(`no training style '${id}': there are ${trainingStyleIds.join(', ')}`);
  return style;
}
