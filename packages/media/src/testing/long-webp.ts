/** An animated WebP without loss, of frames in one colour that cover the canvas: 32 bytes each. */
export function longWebp(width: number, height: number, frames: number): Uint8Array<ArrayBuffer> {
  const u24 = (value: number) => [value & 255, (value >> 8) & 255, value >> 16];
  const u32 = (value: number) => [...u24(value & 0xffffff), value >>> 24];
  const chunk = (name: string, data: readonly number[]) => [
    ...Array.from(name, (char) => char.charCodeAt(0)),
    ...u32(data.length),
    ...data,
    ...(data.length % 2 === 1 ? [0] : []),
  ];
  const sides = [...u24(width - 1), ...u24(height - 1)];
  // VP8L: its mark, the sides in 14 bits each and the alpha flag, then five prefix codes of one symbol each, which take no bits.
  const picture = [0x2f, ...u32((width - 1) | ((height - 1) << 14) | (1 << 28)), 0x88, 0x88, 0x08];
  const frame = chunk('ANMF', [...u24(0), ...u24(0), ...sides, ...u24(40), 0, ...chunk('VP8L', picture)]);
  const body = [...chunk('VP8X', [0x12, 0, 0, 0, ...sides]), ...chunk('ANIM', [0, 0, 0, 0, 0, 0])];
  const head = [...Array.from('WEBP', (char) => char.charCodeAt(0)), ...body];
  const size = head.length + frame.length * frames;
  const file = new Uint8Array(8 + size);
  file.set([...Array.from('RIFF', (char) => char.charCodeAt(0)), ...u32(size), ...head]);
  for (let at = 0; at < frames; at++) file.set(frame, 8 + head.length + at * frame.length);
  return file;
}
