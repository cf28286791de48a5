import { view } from '../format.ts';

const extensionIntroducer = 0x21;
const graphicControl = 0xf9;
const frameIntroducer = 0x2c;

export interface GifFrame {
  type: 'frame';
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** RGB triples of the frame's own palette, if it has one. */
  palette: Uint8Array | undefined;
  minimumCodeSize: number;
  /** Offset of the first LZW sub-block. */
  data: number;
}

export type GifBlock = { type: 'control'; transparentIndex: number | undefined } | GifFrame;

/** Length in bytes of the colour table that a packed field announces. */
export function colourTableBytes(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/** The offset after a run of sub-blocks, or undefined when the file ends inside it. */
function skipSubBlocks(bytes: Uint8Array, offset: number): number | undefined {
  for (let at = offset; ; ) {
    const length = bytes[at];
    if (length === undefined) return undefined;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** The blocks after the screen descriptor; stops at the trailer, at garbage, or where the file is cut. */
export function* blocks(bytes: Uint8Array): Generator<GifBlock> {
  const data = view(bytes);
  for (let at = 13 + colourTableBytes(bytes[10] ?? 0); ; ) {
    const introducer = bytes[at];
    if (introducer === extensionIntroducer) {
      const next = skipSubBlocks(bytes, at + 2);
      if (next === undefined) return;
      if (bytes[at + 1] === graphicControl && bytes[at + 2] === 4) {
        yield { type: 'control', transparentIndex: (bytes[at + 3] ?? 0) & 1 ? bytes[at + 6] : undefined };
      }
      at = next;
    } else if (introducer === frameIntroducer) {
      const packed = bytes[at + 9];
      if (packed === undefined) return;
      const paletteEnd = at + 10 + colourTableBytes(packed);
      const next = skipSubBlocks(bytes, paletteEnd + 1);
      if (next === undefined) return;
      yield {
        type: 'frame',
        left: data.getUint16(at + 1, true),
        top: data.getUint16(at + 3, true),
        width: data.getUint16(at + 5, true),
        height: data.getUint16(at + 7, true),
        interlaced: (packed & 0x40) !== 0,
        palette: paletteEnd > at + 10 ? bytes.subarray(at + 10, paletteEnd) : undefined,
        minimumCodeSize: bytes[paletteEnd] ?? 0,
        data: paletteEnd + 1,
      };
      at = next;
    } else return;
  }
}
