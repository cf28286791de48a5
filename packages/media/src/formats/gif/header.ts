import { ascii, corrupt, type Format, truncated, view } from '../format.ts';
import { blocks } from './blocks.ts';

export const gif: Format = {
  mediaType: 'image/gif',
  matches: (bytes) => ['GIF87a', 'GIF89a'].includes(ascii(bytes, 0, 6)),

  inspect(bytes) {
    if (bytes.length < 13) throw truncated('GIF');
    const width = view(bytes).getUint16(6, true);
    const height = view(bytes).getUint16(8, true);
    if (width === 0 || height === 0) throw corrupt('GIF', `its size is ${width}×${height}`);
    return { format: 'gif', width, height, orientation: 1, animated: frames(bytes) > 1, cmyk: false };
  },

  assertComplete(bytes) {
    if (frames(bytes) === 0) throw truncated('GIF');
  },
};

/** Whole frames, counted up to two. */
function frames(bytes: Uint8Array): number {
  let count = 0;
  for (const block of blocks(bytes)) {
    if (block.type === 'frame' && ++count === 2) break;
  }
  return count;
}
