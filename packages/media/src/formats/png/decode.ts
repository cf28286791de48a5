import type { Pixels } from '../../pixels.ts';
import { corrupt, view } from '../format.ts';
import { chunks, crc32 } from './chunks.ts';
import { unfilter } from './filter.ts';
import { type PngHeader, readHeader } from './header.ts';
import { inflate } from './inflate.ts';

/** One sub-image: the whole picture, or one of Adam7's seven. */
interface Pass {
  columns: number;
  rows: number;
  startX: number;
  startY: number;
  stepX: number;
  stepY: number;
}

const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function passes({ width, height, interlaced }: PngHeader): Pass[] {
  if (!interlaced) return [{ columns: width, rows: height, startX: 0, startY: 0, stepX: 1, stepY: 1 }];
  return adam7
    .map(([startX, startY, stepX, stepY]) => ({
      columns: Math.ceil((width - startX) / stepX),
      rows: Math.ceil((height - startY) / stepY),
      ...{ startX, startY, stepX, stepY },
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

interface Ancillary {
  data: Uint8Array[];
  palette: Uint8Array | undefined;
  transparency: Uint8Array | undefined;
}

function collect(bytes: Uint8Array): Ancillary {
  const found: Ancillary = { data: [], palette: undefined, transparency: undefined };
  for (const chunk of chunks(bytes)) {
    const { name, data } = chunk;
    // Critical chunks have a capital first letter; libpng refuses them damaged, and so does Pillow.
    if (/^[A-Z]/.test(name) && crc32(chunk) !== chunk.crc) {
      throw corrupt('PNG', `the checksum of its ${name} chunk is wrong`);
    }
    if (name === 'IDAT') found.data.push(data);
    else if (name === 'PLTE') found.palette ??= data;
    else if (name === 'tRNS') found.transparency ??= data;
  }
  return found;
}

/** Writes one source pixel, whose samples `sample(index)` gives at full depth, as RGB or RGBA. */
type Painter = (out: Uint8Array, to: number, sample: (index: number) => number) => void;

/** 1-, 2- and 4-bit grey is stretched to 0–255; of 16 bits the high byte is kept. */
function painter({ depth, colourType }: PngHeader, { palette, transparency }: Ancillary): Painter {
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  const shift = depth === 16 ? 8 : 0;
  const key = (index: number) =>
    transparency && transparency.length >= index * 2 + 2 ? view(transparency).getUint16(index * 2) : -1;
  switch (colourType) {
    case 0:
    case 4: {
      const transparent = key(0);
      return (out, to, sample) => {
        const grey = sample(0);
        out.fill((grey >> shift) * scale, to, to + 3);
        if (colourType === 4) out[to + 3] = sample(1) >> shift;
        else if (transparency) out[to + 3] = grey === transparent ? 0 : 255;
      };
    }
    case 3:
      return (out, to, sample) => {
        const index = sample(0);
        out[to] = palette?.[index * 3] ?? 0;
        out[to + 1] = palette?.[index * 3 + 1] ?? 0;
        out[to + 2] = palette?.[index * 3 + 2] ?? 0;
        if (transparency) out[to + 3] = transparency[index] ?? 255;
      };
    case 2:
    case 6: {
      const keys = [key(0), key(1), key(2)];
      return (out, to, sample) => {
        const red = sample(0);
        const green = sample(1);
        const blue = sample(2);
        out[to] = red >> shift;
        out[to + 1] = green >> shift;
        out[to + 2] = blue >> shift;
        if (colourType === 6) out[to + 3] = sample(3) >> shift;
        else if (transparency) {
          out[to + 3] = red === keys[0] && green === keys[1] && blue === keys[2] ? 0 : 255;
        }
      };
    }
  }
}

/** Rows of 8-bit RGB or RGBA need no unpacking: drop the filter bytes and that is the picture. */
function compact(raw: Uint8Array, rows: number, stride: number): Uint8Array {
  for (let row = 0; row < rows; row++) {
    const from = row * (stride + 1) + 1;
    raw.copyWithin(row * stride, from, from + stride);
  }
  return raw.subarray(0, rows * stride);
}

/**
 * Decodes a PNG of any colour type and depth, interlaced or not, to 8-bit RGB or RGBA. Memory is
 * what the header declares, so check that first. Pure but for `DecompressionStream`.
 */
export async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const header = readHeader(bytes);
  const { width, height, depth, samples, colourType } = header;
  const found = collect(bytes);
  if (colourType === 3 && !found.palette) throw corrupt('PNG', 'it has no palette');
  // Alpha types carry their own; tRNS beside it is not allowed and not heeded.
  if (colourType === 4 || colourType === 6) found.transparency = undefined;

  const bits = depth * samples;
  const step = Math.max(1, bits >> 3);
  const layout = passes(header).map((pass) => ({ ...pass, stride: Math.ceil((pass.columns * bits) / 8) }));
  const sizeBytes = layout.reduce((sum, { rows, stride }) => sum + rows * (stride + 1), 0);
  const raw = await inflate(found.data, sizeBytes);

  const channels = found.transparency || colourType === 4 || colourType === 6 ? 4 : 3;
  if (depth === 8 && samples === channels && !header.interlaced) {
    unfilter(raw, 0, height, width * channels, step);
    return { width, height, channels, data: compact(raw, height, width * channels) };
  }

  const data = new Uint8Array(width * height * channels);
  const paint = painter(header, found);
  const mask = (1 << depth) - 1;
  let offset = 0;
  for (const { columns, rows, startX, startY, stepX, stepY, stride } of layout) {
    unfilter(raw, offset, rows, stride, step);
    for (let row = 0; row < rows; row++, offset += stride + 1) {
      let position = 0; // of the pixel's first sample in its row
      const sample = (index: number) => {
        const nth = position + index;
        const at = offset + 1;
        if (depth === 8) return raw[at + nth] ?? 0;
        if (depth === 16) return ((raw[at + nth * 2] ?? 0) << 8) | (raw[at + nth * 2 + 1] ?? 0);
        const bit = nth * depth;
        return ((raw[at + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
      };
      for (let column = 0; column < columns; column++, position += samples) {
        const to = ((startY + row * stepY) * width + startX + column * stepX) * channels;
        paint(data, to, sample);
      }
    }
  }
  return { width, height, channels, data };
}
