import { assertDimensions, type ImageLimits } from '../../limits.ts';
import type { Pixels } from '../../pixels.ts';
import { corrupt, truncated, view } from '../format.ts';
import { blocks, colourTableBytes, type GifFrame } from './blocks.ts';
import { decodeLzw } from './lzw.ts';

/** Row order of an interlaced frame: every 8th from 0, every 8th from 4, every 4th from 2, every 2nd from 1. */
function* rows(height: number, interlaced: boolean): Generator<number> {
  const passes = interlaced
    ? [
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ]
    : [[0, 1]];
  for (const [start = 0, step = 1] of passes) {
    for (let row = start; row < height; row += step) yield row;
  }
}

/**
 * The first frame as RGBA. A transparent index keeps its palette colour with alpha 0, so that both
 * ways of treating alpha have what they need. Pure, the same on every platform.
 */
export function decodeGif(bytes: Uint8Array, limits: ImageLimits): Pixels {
  const width = view(bytes).getUint16(6, true);
  const height = view(bytes).getUint16(8, true);
  let transparentIndex: number | undefined;
  let frame: GifFrame | undefined;
  for (const block of blocks(bytes)) {
    if (block.type === 'frame') {
      frame = block;
      break;
    }
    transparentIndex = block.transparentIndex;
  }
  if (!frame) throw truncated('GIF');
  if (frame.left + frame.width > width || frame.top + frame.height > height) {
    throw corrupt('GIF', 'its first frame is larger than its canvas');
  }
  assertDimensions(frame.width, frame.height, limits);
  const palette = frame.palette ?? bytes.subarray(13, 13 + colourTableBytes(bytes[10] ?? 0));
  if (palette.length === 0) throw corrupt('GIF', 'it has no palette');

  const indices = decodeLzw(bytes, frame.data, frame.minimumCodeSize, frame.width * frame.height);
  const data = new Uint8Array(width * height * 4);
  const paint = (at: number, index: number, alpha: number) => {
    data[at] = palette[index * 3] ?? 0;
    data[at + 1] = palette[index * 3 + 1] ?? 0;
    data[at + 2] = palette[index * 3 + 2] ?? 0;
    data[at + 3] = alpha;
  };
  if (frame.width !== width || frame.height !== height) {
    for (let at = 0; at < data.length; at += 4) paint(at, transparentIndex ?? 0, 0);
  }
  let source = 0;
  for (const row of rows(frame.height, frame.interlaced)) {
    let at = ((frame.top + row) * width + frame.left) * 4;
    for (let column = 0; column < frame.width; column++, at += 4) {
      const index = indices[source++] ?? 0;
      paint(at, index, index === transparentIndex ? 0 : 255);
    }
  }
  return { width, height, channels: 4, data };
}
