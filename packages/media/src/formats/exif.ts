import { ascii, view } from './format.ts';

const orientationTag = 0x0112;
const shortType = 3;

/**
 * Orientation (1–8) from a TIFF-structured EXIF block. Anything malformed counts as 1: a broken
 * note about a picture does not make the picture unusable.
 */
export function exifOrientation(tiff: Uint8Array): number {
  if (tiff.length < 8) return 1;
  const order = ascii(tiff, 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const little = order === 'II';
  const data = view(tiff);
  const directory = data.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = data.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (data.getUint16(at, little) !== orientationTag) continue;
    if (data.getUint16(at + 2, little) !== shortType) return 1;
    const value = data.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
