/** Pictures as the files a client would upload. */
import sharp from 'sharp';
import type { Scene } from '../data/augment/scene.ts';

/** `size`² RGB as PNG: lossless, so that the model sees exactly these pixels. */
export async function pngOfRgb(rgb: Uint8Array, size: number): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

const sceneSide = 256;

/** A scene's pictures side by side on white, each as it is. `fileOf` gives the file of a thing. */
export async function pngOfScene(
  scene: Scene,
  fileOf: (thing: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const layers = await Promise.all(
    scene.items.map(async ({ thing, x, y, width }) => {
      const side = Math.round(width * sceneSide);
      const input = await sharp(await fileOf(thing))
        .resize(side, side)
        .png()
        .toBuffer();
      const corner = (centre: number): number =>
        Math.min(sceneSide - side, Math.max(0, Math.round(centre * sceneSide - side / 2)));
      return { input, left: corner(x), top: corner(y) };
    }),
  );
  return sharp({ create: { width: sceneSide, height: sceneSide, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .png()
    .toBuffer();
}

/** Premultiplied RGBA, 72 × 72, as `dominantColour` wants it. */
export async function colourPixels(file: Uint8Array): Promise<Uint8Array> {
  const { data } = await sharp(file)
    .ensureAlpha()
    .toColourspace('srgb')
    .resize(72, 72)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rgba = new Uint8Array(data);
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] ?? 0;
    for (let j = i; j < i + 3; j++) rgba[j] = Math.round(((rgba[j] ?? 0) * alpha) / 255);
  }
  return rgba;
}
