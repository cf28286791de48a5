/** Decodes a style's pictures once and packs them, with their variants, into one file. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { defaultCacheDir, type FetchOptions, fetchPackage } from './fetch.ts';
import { buildMips, distanceStart, pictureBytes, side, variantPixels } from './layout.ts';
import { Rng } from './rng.ts';
import type { StyleSource } from './styles.ts';
import { drawLines, flatten, removeContour, removeLines, silhouetteDistance } from './stylise.ts';
import { world } from './world.ts';

/** Raise when decoding or the variants change: it names the cache file. */
const packVersion = 2;

const Index = z.object({
  style: z.string(),
  integrity: z.string(),
  count: z.number(),
  slots: z.array(z.number()),
  sha256: z.string(),
});
export type PackIndex = z.infer<typeof Index>;

/** Paths of a style's packed file and its index. */
export function packPaths(style: string, cacheDir = defaultCacheDir): { binary: string; index: string } {
  const base = join(cacheDir, 'pictures', `${style}-${side}-v${packVersion}`);
  return { binary: `${base}.bin`, index: `${base}.json` };
}

/** The index of a packed style, packing it first when it is not there. `slots[thing]` is its place, −1 = absent. */
export async function packStyle(style: StyleSource, options: FetchOptions = {}): Promise<PackIndex> {
  const cacheDir = options.cacheDir ?? defaultCacheDir;
  const paths = packPaths(style.id, cacheDir);
  if (existsSync(paths.index)) {
    const index = Index.parse(JSON.parse(await readFile(paths.index, 'utf8')));
    if (index.integrity === style.package.integrity) return index;
  }
  const dir = await fetchPackage(style.package, options);
  options.onProgress?.(`packing pictures of ${style.id}`);
  const bytesOf = await style.open(dir);
  const slots: number[] = [];
  const packed: Uint8Array[] = [];
  for (const thing of world) {
    const bytes = await bytesOf(thing);
    const picture = bytes && (await decodeTrimmed(bytes).catch(() => undefined));
    if (bytes && !picture)
      options.onProgress?.(`${style.id}: could not decode ${thing.en} (${thing.hexcode}), left out`);
    slots.push(picture ? packed.length : -1);
    if (picture) packed.push(packPicture(picture, style.id === 'openmoji', new Rng(thing.id)));
  }
  const binary = new Uint8Array(packed.length * pictureBytes);
  for (const [slot, picture] of packed.entries()) binary.set(picture, slot * pictureBytes);
  const index: PackIndex = {
    style: style.id,
    integrity: style.package.integrity,
    count: packed.length,
    slots,
    sha256: createHash('sha256').update(binary).digest('hex'),
  };
  await mkdir(join(cacheDir, 'pictures'), { recursive: true });
  await writeAtomically(paths.binary, binary);
  await writeAtomically(paths.index, JSON.stringify(index));
  return index;
}

/** Leaves no half a file behind. */
export async function writeAtomically(path: string, data: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.part`, data);
  await rename(`${path}.part`, path);
}

/** Decoded, cut to its visible part and centred in `side`² with a margin of 3 pixels. Premultiplied RGBA. */
async function decodeTrimmed(bytes: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes, { density: 144 })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  let left = width,
    top = height,
    right = -1,
    bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * channels + 3] as number) < 24) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) throw new Error('nothing visible');
  const inner = side - 6;
  const resized = await sharp(data, { raw: { width, height, channels } })
    .extract({ left, top, width: right - left + 1, height: bottom - top + 1 })
    .resize(inner, inner, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .extend({ top: 3, bottom: 3, left: 3, right: 3, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer();
  const out = new Uint8Array(resized.length);
  for (let i = 0; i < out.length; i += 4) {
    const a = resized[i + 3] as number;
    for (let j = 0; j < 3; j++) out[i + j] = Math.round(((resized[i + j] as number) * a) / 255);
    out[i + 3] = a;
  }
  return out;
}

/** One picture as laid out in layout.ts. `hasLines`: the style draws black contours, so take them away. */
function packPicture(rgba: Uint8Array, hasLines: boolean, rng: Rng): Uint8Array {
  const distance = silhouetteDistance(rgba, side);
  const bare = hasLines ? removeLines(rgba, side, 2) : rgba;
  const flat = flatten(bare, side, 4 + rng.int(5), rng);
  const lines = hasLines ? removeContour(rgba, bare, distance) : drawLines(flat, side, distance);
  const out = new Uint8Array(pictureBytes);
  [rgba, flat, lines].forEach((pixels, variant) => {
    const view = out.subarray(variant * variantPixels * 4, (variant + 1) * variantPixels * 4);
    view.set(pixels);
    buildMips(view);
  });
  out.set(distance, distanceStart);
  return out;
}
