import { corrupt, truncated } from '../format.ts';

const maxCodes = 4096;

/**
 * Decodes GIF's LZW sub-blocks into exactly `count` palette indices. Memory is bounded by `count`
 * and the 4096-entry dictionary whatever the data says. Throws when the data ends early.
 */
export function decodeLzw(
  bytes: Uint8Array,
  offset: number,
  minimumCodeSize: number,
  count: number,
): Uint8Array {
  if (minimumCodeSize < 1 || minimumCodeSize > 11)
    throw corrupt('GIF', `its code size is ${minimumCodeSize}`);
  const clear = 1 << minimumCodeSize;
  const end = clear + 1;
  const prefix = new Uint16Array(maxCodes);
  const suffix = new Uint8Array(maxCodes);
  const length = new Uint16Array(maxCodes + 1);
  for (let code = 0; code < clear; code++) {
    suffix[code] = code;
    length[code] = 1;
  }
  const out = new Uint8Array(count);
  let written = 0;
  let next = end + 1;
  let width = minimumCodeSize + 1;
  let previous = -1;
  let first = 0; // first index of the previous string
  let accumulator = 0;
  let bits = 0;
  let at = offset;
  let blockEnd = offset;

  while (written < count) {
    while (bits < width) {
      if (at === blockEnd) {
        const size = bytes[at] ?? 0;
        if (size === 0) throw truncated('GIF');
        blockEnd = at + 1 + size;
        at++;
      }
      accumulator |= (bytes[at++] ?? 0) << bits;
      bits += 8;
    }
    const code = accumulator & ((1 << width) - 1);
    accumulator >>>= width;
    bits -= width;

    if (code === clear) {
      next = end + 1;
      width = minimumCodeSize + 1;
      previous = -1;
      continue;
    }
    if (code === end) throw truncated('GIF');
    if (code > next || (code === next && previous < 0)) throw corrupt('GIF', 'a code is out of range');

    // code === next is the one string not in the dictionary yet: the previous string plus its own first index.
    const known = code < next ? code : previous;
    const total = (length[known] ?? 0) + (code < next ? 0 : 1);
    let cursor = written + total - 1;
    if (code === next) {
      if (cursor < count) out[cursor] = first;
      cursor--;
    }
    let walk = known;
    for (let left = length[known] ?? 0; left > 1; left--, cursor--) {
      if (cursor < count) out[cursor] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    first = suffix[walk] ?? 0;
    out[cursor] = first;
    written += total;

    if (previous >= 0 && next < maxCodes) {
      prefix[next] = previous;
      suffix[next] = first;
      length[next] = (length[previous] ?? 0) + 1;
      next++;
      if (next === 1 << width && width < 12) width++;
    }
    previous = code;
  }
  return out;
}
