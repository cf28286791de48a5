/** Animated WebP with libvips, one page at a time. */
import sharp from 'sharp';
import { webp } from '../formats/webp.ts';
import { defaultLimits } from '../limits.ts';
import { flatten } from '../pixels.ts';
import { resizeBicubic } from '../resize.ts';
import { chooseFrames } from './choose-frames.ts';
import { corruptVideo } from './containers.ts';
import type { DecodedFrames, FrameOptions, VideoFrame } from './decode.ts';
import {
  assertDecodedPixels,
  assertFrameCount,
  assertFrameSize,
  assertVideoSeconds,
  assertVideoSize,
} from './limits.ts';

const timeoutSeconds = 20;
/** Browsers show a frame of less than 11 ms for 100 ms, and so does this. */
const shortest = { ms: 11, shownMs: 100 };

/** Decodes the wanted frames of a WebP, animated or not. Throws `MediaError`. */
export async function decodeWebp(bytes: Uint8Array, options: FrameOptions): Promise<DecodedFrames> {
  const { frames: wanted, sampling, size, limits } = options;
  assertVideoSize(bytes.length, limits);
  const { width, height } = webp.inspect(bytes);
  assertFrameSize(width, height, limits);
  try {
    const { pages = 1, delay = [] } = await sharp(bytes, { limitInputPixels: false }).metadata();
    assertFrameCount(pages, limits);
    const starts: number[] = [];
    let seconds = 0;
    for (let page = 0; page < pages; page++) {
      starts.push(seconds);
      const ms = delay[page] ?? shortest.shownMs;
      seconds += (ms < shortest.ms ? shortest.shownMs : ms) / 1000;
    }
    assertVideoSeconds(seconds, limits);
    const prepared = new Map<number, Uint8Array>();
    const frames: VideoFrame[] = [];
    const chosen = chooseFrames(starts, seconds, wanted, sampling);
    const decoded = [...new Set(chosen)].reduce((sum, page) => sum + page + 1, 0);
    assertDecodedPixels(decoded * width * height);
    for (const page of chosen) {
      const rgb = prepared.get(page) ?? (await preparePage(bytes, page, size));
      prepared.set(page, rgb);
      frames.push({ rgb, size, seconds: starts[page] ?? 0 });
    }
    return { frames, seconds, format: 'webp', width, height, truncated: false };
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error) throw error;
    throw corruptVideo('webp', 'it cannot be decoded', error);
  }
}

async function preparePage(bytes: Uint8Array, page: number, size: number): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes, {
    page,
    limitInputPixels: defaultLimits.maxPixels,
    failOn: 'error',
  })
    .timeout({ seconds: timeoutSeconds })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { rgb } = flatten({ width: info.width, height: info.height, channels: 4, data }, 'white');
  return resizeBicubic(rgb, info.width, info.height, size, size);
}
