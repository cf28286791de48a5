import { ascii, view } from '../format.ts';

export interface PngChunk {
  name: string;
  data: Uint8Array;
  /** Of name and data, as stored in the file. */
  crc: number;
}

/** The whole chunks of a PNG; stops quietly where the file is cut off. */
export function* chunks(bytes: Uint8Array): Generator<PngChunk> {
  const data = view(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + data.getUint32(at);
    if (end + 4 > bytes.length) return;
    yield { name: ascii(bytes, at + 4, 4), data: bytes.subarray(at + 8, end), crc: data.getUint32(end) };
    at = end + 4;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of a chunk's name and data (PNG specification, annex D). */
export function crc32(chunk: PngChunk): number {
  let crc = 0xffffffff;
  for (const char of chunk.name) crc = (table[(crc ^ char.charCodeAt(0)) & 255] ?? 0) ^ (crc >>> 8);
  for (const byte of chunk.data) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
