/**
 * A picture as a user would send it: the package's own file on white, squashed to the model's size the way serving
 * does it. For evaluation, and for the held-out style, which is never packed.
 */
import { resizeBicubic } from '@x-llm/media';
import sharp from 'sharp';
import { type FetchOptions, fetchPackage } from './fetch.ts';
import type { StyleSource } from './styles.ts';
import type { Thing } from './world.ts';

export interface PlainStyle {
  readonly id: string;
  /** PNG or WebP bytes as a client would upload them (SVG drawn at 128 pixels), or undefined if the style lacks it. */
  file(thing: Thing): Promise<Uint8Array | undefined>;
  /** `size`² RGB on white, or undefined. */
  render(thing: Thing, size: number): Promise<Uint8Array | undefined>;
}

/**
 *     const twemoji = await openPlainStyle(heldOutStyle)
 *     const rgb = await twemoji.render(thingAt(0), 64)
 */
export async function openPlainStyle(style: StyleSource, options: FetchOptions = {}): Promise<PlainStyle> {
  const read = await style.open(await fetchPackage(style.package, options));
  const file = async (thing: Thing): Promise<Uint8Array | undefined> => {
    const bytes = await read(thing);
    if (!bytes) return undefined;
    const isSvg = bytes[0] === 0x3c; // '<'
    return isSvg ? sharp(bytes, { density: 144 }).resize(128, 128).png().toBuffer() : bytes;
  };
  return {
    id: style.id,
    file,
    async render(thing, size) {
      const bytes = await file(thing);
      if (!bytes) return undefined;
      const { data, info } = await sharp(bytes)
        .toColourspace('srgb')
        .flatten({ background: '#ffffff' })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return resizeBicubic(new Uint8Array(data), info.width, info.height, size, size);
    },
  };
}
