import { exifOrientation } from '../exif.ts';
import { corrupt, type Format, truncated, view } from '../format.ts';
import { chunks, crc32 } from './chunks.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Samples per pixel and the bit depths the specification allows, by colour type. */
const colourTypes = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] }, // grey
  2: { samples: 3, depths: [8, 16] }, // RGB
  3: { samples: 1, depths: [1, 2, 4, 8] }, // palette
  4: { samples: 2, depths: [8, 16] }, // grey, alpha
  6: { samples: 4, depths: [8, 16] }, // RGBA
} as const;
export type ColourType = keyof typeof colourTypes;

export interface PngHeader {
  width: number;
  height: number;
  depth: number;
  colourType: ColourType;
  samples: number;
  interlaced: boolean;
}

function isColourType(value: number | undefined): value is ColourType {
  return value !== undefined && value in colourTypes;
}

/** IHDR, its checksum verified. */
export function readHeader(bytes: Uint8Array): PngHeader {
  const [first] = chunks(bytes);
  if (!first) throw truncated('PNG');
  if (first.name !== 'IHDR' || first.data.length !== 13)
    throw corrupt('PNG', 'it does not start with a header');
  if (crc32(first) !== first.crc) throw corrupt('PNG', 'the checksum of its header is wrong');
  const fields = view(first.data);
  const width = fields.getUint32(0);
  const height = fields.getUint32(4);
  const [depth = 0, colourType, compression, filter, interlace] = first.data.subarray(8);
  if (width === 0 || height === 0) throw corrupt('PNG', `its size is ${width}×${height}`);
  if (!isColourType(colourType)) throw corrupt('PNG', `it has colour type ${colourType}`);
  const { samples, depths } = colourTypes[colourType];
  if (!depths.some((allowed) => allowed === depth)) throw corrupt('PNG', `it has ${depth} bits per sample`);
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) {
    throw corrupt('PNG', 'its header names an unknown method');
  }
  return { width, height, depth, colourType, samples, interlaced: interlace === 1 };
}

export const png: Format = {
  mediaType: 'image/png',
  matches: (bytes) => signature.every((byte, index) => bytes[index] === byte),

  inspect(bytes) {
    const { width, height } = readHeader(bytes);
    let orientation = 1;
    let animated = false;
    for (const { name, data } of chunks(bytes)) {
      if (name === 'eXIf') orientation = exifOrientation(data);
      if (name === 'acTL') animated = true;
    }
    return { format: 'png', width, height, orientation, animated, cmyk: false };
  },

  assertComplete(bytes) {
    for (const { name } of chunks(bytes)) {
      if (name === 'IEND') return;
    }
    throw truncated('PNG');
  },
};
