/**
 * How one picture lies in the packed file, shared by the packer and the sampler. Per picture: for each variant the
 * premultiplied RGBA at 72², 36², 18² and 9² (2×2 means), then the silhouette distance at 72² as bytes.
 */
export const side = 72;
export const levels = 4;

/** base; shading flattened; lines removed (where the style has lines) or drawn (where it has none). */
export const variants = ['base', 'flat', 'lines'] as const;

/** First pixel of each level within a variant, and after them the variant's pixel count. */
export const levelStart: readonly number[] = Array.from({ length: levels + 1 }, (_, level) =>
  Array.from({ length: level }, (_, l) => (side >> l) ** 2).reduce((sum, area) => sum + area, 0),
);

export const variantPixels = levelStart[levels] as number;
export const distanceStart = variantPixels * 4 * variants.length;
/** Bytes of one picture; a multiple of 4, so that a picture can be read as 32-bit pixels. */
export const pictureBytes = distanceStart + side * side;

/** Fills levels 1… of a variant from level 0. `pixels` is one variant's bytes. */
export function buildMips(pixels: Uint8Array): void {
  for (let level = 1; level < levels; level++) {
    const from = (levelStart[level - 1] as number) * 4;
    const to = (levelStart[level] as number) * 4;
    const width = side >> level;
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const a = from + (y * 2 * width * 2 + x * 2) * 4;
        const b = a + width * 2 * 4;
        for (let j = 0; j < 4; j++) {
          const sum =
            (pixels[a + j] as number) +
            (pixels[a + 4 + j] as number) +
            (pixels[b + j] as number) +
            (pixels[b + 4 + j] as number);
          pixels[to + (y * width + x) * 4 + j] = (sum + 2) >> 2;
        }
      }
    }
  }
}
