import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../limits.ts';
import { decodeGif } from './decode.ts';

const palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]; // red, green, blue, white

/** LZW data that never grows past 3-bit codes: a clear code before every index. */
function lzw(indices: number[]): number[] {
  const codes = [...indices.flatMap((index) => [4, index]), 5];
  const packed: number[] = [];
  let accumulator = 0;
  let bits = 0;
  for (const code of codes) {
    accumulator |= code << bits;
    bits += 3;
    for (; bits >= 8; bits -= 8, accumulator >>= 8) packed.push(accumulator & 255);
  }
  packed.push(accumulator & 255);
  return [2, packed.length, ...packed, 0];
}

interface Frame {
  box: [left: number, top: number, width: number, height: number];
  indices: number[];
  interlaced?: boolean;
}

function gif(width: number, height: number, frame: Frame, transparentIndex?: number): Uint8Array {
  const control = transparentIndex === undefined ? [] : [0x21, 0xf9, 4, 1, 0, 0, transparentIndex, 0];
  const box = frame.box.flatMap((value) => [value & 255, value >> 8]);
  return Uint8Array.from([
    ...Array.from('GIF89a', (char) => char.charCodeAt(0)),
    ...[width & 255, width >> 8, height & 255, height >> 8, 0x81, 0, 0],
    ...palette,
    ...control,
    ...[0x2c, ...box, frame.interlaced ? 0x40 : 0],
    ...lzw(frame.indices),
    0x3b,
  ]);
}

/** The palette index of each pixel, or -1 where it is transparent. */
function indices(bytes: Uint8Array): number[] {
  const { data } = decodeGif(bytes, defaultLimits);
  return Array.from({ length: data.length / 4 }, (_, pixel) => {
    if (data[pixel * 4 + 3] === 0) return -1;
    const [r, g, b] = data.subarray(pixel * 4);
    return [0, 1, 2, 3].findIndex(
      (i) => palette[i * 3] === r && palette[i * 3 + 1] === g && palette[i * 3 + 2] === b,
    );
  });
}

describe('decodeGif', () => {
  it('paints the frame where it belongs and leaves the rest transparent', () => {
    const bytes = gif(3, 2, { box: [1, 1, 2, 1], indices: [1, 2] });
    expect(indices(bytes)).toEqual([-1, -1, -1, -1, 1, 2]);
  });

  it('makes the transparent index transparent', () => {
    expect(indices(gif(3, 1, { box: [0, 0, 3, 1], indices: [0, 1, 2] }, 1))).toEqual([0, -1, 2]);
  });

  it('puts interlaced rows in order', () => {
    // Nine rows arrive as 0, 8, 4, 2, 6, 1, 3, 5, 7.
    const bytes = gif(1, 9, { box: [0, 0, 1, 9], indices: [0, 0, 1, 2, 2, 3, 3, 3, 3], interlaced: true });
    expect(indices(bytes)).toEqual([0, 3, 2, 3, 1, 3, 2, 3, 0]);
  });

  it.each([
    ['a frame outside the canvas', gif(2, 2, { box: [1, 1, 2, 2], indices: [0, 0, 0, 0] })],
    ['fewer pixels than promised', gif(2, 2, { box: [0, 0, 2, 2], indices: [0, 0, 0] })],
    ['no frame', gif(2, 2, { box: [0, 0, 2, 2], indices: [] }).subarray(0, 25)],
  ])('%s is an error', (_, bytes) => {
    expect(() => decodeGif(bytes, defaultLimits)).toThrow(
      expect.objectContaining({ code: 'image_parse_error' }),
    );
  });
});
