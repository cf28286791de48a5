/** A GIF of 2×2 pixels with as many frames as wanted, a twentieth of a second each, in four colours by turns. */
export function longGif(frames: number): Uint8Array {
  const header = [...Array.from('GIF89a', (char) => char.charCodeAt(0)), 2, 0, 2, 0, 0x81, 0, 0];
  const palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
  const bytes = [...header, ...palette];
  for (let frame = 0; frame < frames; frame++) {
    bytes.push(0x21, 0xf9, 4, 0, 5, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2);
    // Codes of three bits: clear, the index, clear, the index …, end.
    const index = frame % 4;
    const codes = [4, index, 4, index, 4, index, 4, index, 5];
    const bits = codes.reduce((sum, code, at) => sum | (BigInt(code) << BigInt(3 * at)), 0n);
    bytes.push(4, ...[0, 8, 16, 24].map((shift) => Number((bits >> BigInt(shift)) & 255n)), 0);
  }
  return Uint8Array.from([...bytes, 0x3b]);
}
