/** All pictures of some styles in one block of shared memory, so that worker threads need no copy. */
import { open } from 'node:fs/promises';
import { defaultCacheDir, type FetchOptions } from './fetch.ts';
import { distanceStart, pictureBytes, side, variantPixels } from './layout.ts';
import { type PackIndex, packPaths, packStyle } from './pack.ts';
import type { StyleSource } from './styles.ts';
import { world } from './world.ts';

/** What a worker is sent: plain data and shared memory. */
export interface SharedPictures {
  readonly memory: SharedArrayBuffer;
  readonly styles: readonly string[];
  /** `[style × thing]` → picture number in `memory`, −1 where the style lacks the thing. */
  readonly slots: Int32Array;
}

export class Pictures {
  readonly shared: SharedPictures;
  /** Every picture's bytes, and the same as little-endian RGBA words. */
  readonly bytes: Uint8Array;
  readonly words: Int32Array;

  constructor(shared: SharedPictures) {
    this.shared = shared;
    this.bytes = new Uint8Array(shared.memory);
    this.words = new Int32Array(shared.memory);
  }

  /**
   * Loads styles, fetching and packing what is not cached yet.
   *
   *     const pictures = await Pictures.load(trainingStyles, { onProgress: console.error })
   */
  static async load(styles: readonly StyleSource[], options: FetchOptions = {}): Promise<Pictures> {
    const indexes: PackIndex[] = [];
    for (const style of styles) indexes.push(await packStyle(style, options));
    const count = indexes.reduce((sum, index) => sum + index.count, 0);
    const memory = new SharedArrayBuffer(count * pictureBytes);
    const slots = new Int32Array(styles.length * world.length);
    let first = 0;
    for (const [s, index] of indexes.entries()) {
      const file = await open(packPaths(index.style, options.cacheDir ?? defaultCacheDir).binary);
      try {
        const target = new Uint8Array(memory, first * pictureBytes, index.count * pictureBytes);
        const { bytesRead } = await file.read(target, 0, target.length, 0);
        if (bytesRead !== target.length)
          throw new Error(`${index.style}: packed file is short, delete .xllm/data/pictures`);
      } finally {
        await file.close();
      }
      for (const thing of world) {
        const slot = index.slots[thing.id] ?? -1;
        slots[s * world.length + thing.id] = slot < 0 ? -1 : first + slot;
      }
      first += index.count;
    }
    return new Pictures({ memory, styles: styles.map((style) => style.id), slots });
  }

  get styles(): readonly string[] {
    return this.shared.styles;
  }

  /** Place of a picture in `memory`, −1 when the style has none of this thing. */
  slot(style: number, thing: number): number {
    return this.shared.slots[style * world.length + thing] ?? -1;
  }

  /** Premultiplied RGBA, 72×72, of the picture as it is, or undefined. A view, not a copy. */
  get(style: string, thing: number): Uint8Array | undefined {
    const slot = this.slot(this.styles.indexOf(style), thing);
    return slot < 0
      ? undefined
      : this.bytes.subarray(slot * pictureBytes, slot * pictureBytes + side * side * 4);
  }

  /** First word of a picture's variant. */
  wordStart(slot: number, variant: number): number {
    return (slot * pictureBytes) / 4 + variant * variantPixels;
  }

  /** First byte of a picture's silhouette distance. */
  distanceByte(slot: number): number {
    return slot * pictureBytes + distanceStart;
  }
}
