import { ascii } from '../formats/format.ts';

const endOfStream = 4;

/**
 * Whether an Ogg file ends with a page that says so and is whole (RFC 3533, section 6); one that was cut off does not, and
 * nothing else in it tells.
 */
export function oggIsComplete(bytes: Uint8Array): boolean {
  let at = bytes.length - 27;
  while (at >= 0 && ascii(bytes, at, 4) !== 'OggS') at--;
  const segments = bytes[at + 26];
  if (at < 0 || segments === undefined) return false;
  const lengths = bytes.subarray(at + 27, at + 27 + segments);
  const end = at + 27 + segments + lengths.reduce((sum, length) => sum + length, 0);
  return end <= bytes.length && ((bytes[at + 5] ?? 0) & endOfStream) !== 0;
}
