/** Clips as the files a client would upload. */
import { resizeBicubic, uniformFrames } from '@x-llm/media';
import sharp from 'sharp';

/** How long each frame is shown: eight make a clip of two seconds. */
const frameMs = 250;

/**
 * [frames, size, size, 3] RGB as an animated WebP, lossless. WebP's encoder drops a frame that equals the one before, so
 * there the blue of the last pixel changes by one: as many frames are read as were written.
 *
 *     const file = await encodeClip(renderClip(pictures, clip, 8, 48), 48);
 */
export async function encodeClip(frames: Uint8Array, size: number): Promise<Uint8Array> {
  const bytes = size * size * 3;
  const count = frames.length / bytes;
  if (!Number.isInteger(count) || count === 0)
    throw new RangeError(`clip: ${frames.length} bytes are no whole number of ${size}×${size} RGB frames`);
  const pixels = Uint8Array.from(frames);
  for (let frame = 1; frame < count; frame++) {
    const [last, start, end] = [(frame - 1) * bytes, frame * bytes, (frame + 1) * bytes];
    if (Buffer.compare(pixels.subarray(last, start), pixels.subarray(start, end)) === 0)
      pixels[end - 1] = (pixels[end - 1] ?? 0) ^ 1;
  }
  return sharp(pixels, { raw: { width: size, height: size * count, channels: 3, pageHeight: size } })
    .webp({ lossless: true, loop: 0, delay: Array<number>(count).fill(frameMs) })
    .toBuffer();
}

/**
 * `wanted` frames of an animated file (WebP, GIF), evenly spread as serving takes them, on white, each `size`² RGB:
 * [wanted, size, size, 3]. Undefined when it has fewer frames, as a still picture has.
 */
export async function decodeClip(
  file: Uint8Array,
  wanted: number,
  size: number,
): Promise<Uint8Array | undefined> {
  const { data, info } = await sharp(file, { pages: -1 })
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { pages = 1, pageHeight: height = info.height, width } = info;
  if (pages < wanted) return undefined;
  const out = new Uint8Array(wanted * size * size * 3);
  for (const [place, page] of uniformFrames(pages, wanted).entries()) {
    const frame = data.subarray(page * width * height * 3, (page + 1) * width * height * 3);
    out.set(resizeBicubic(new Uint8Array(frame), width, height, size, size), place * size * size * 3);
  }
  return out;
}
