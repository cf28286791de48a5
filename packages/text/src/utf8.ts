/** What one step through a byte sequence finds: a whole character, a broken byte, or too few bytes to tell. */
export type Utf8Step = { text: string; lengthBytes: number } | 'incomplete';

const replacement = '\ufffd';

/**
 * The character at `start`. A byte that begins no valid character is one U+FFFD by itself (as SentencePiece counts;
 * `TextDecoder` would merge some); 'incomplete' when more bytes could still make it valid.
 */
export function utf8Step(bytes: readonly number[], start: number): Utf8Step {
  const lead = bytes[start] ?? 0;
  if (lead < 0x80) return { text: String.fromCharCode(lead), lengthBytes: 1 };
  const lengthBytes =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
  if (lengthBytes === 1) return { text: replacement, lengthBytes: 1 };
  let point = lead & (0x7f >> lengthBytes);
  for (let i = 1; i < lengthBytes; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return 'incomplete';
    const [low, high] = i === 1 ? secondByteRange(lead) : [0x80, 0xbf];
    if (byte < low || byte > high) return { text: replacement, lengthBytes: 1 };
    point = (point << 6) | (byte & 0x3f);
  }
  return { text: String.fromCodePoint(point), lengthBytes };
}

/** Narrower where a lead byte would allow overlong forms, surrogates, or points beyond U+10FFFF (RFC 3629). */
function secondByteRange(lead: number): [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
