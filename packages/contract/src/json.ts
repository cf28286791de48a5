import { Problem } from './errors.ts';

/** Deeper than any request: what is parsed is also written again, and both take long for millions of brackets. */
const maxDepth = 64;

/**
 * Reads JSON that somebody sent: UTF-8, with or without a byte order mark, nested at most 64 deep.
 *
 * @throws Problem `invalid_json`.
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    if (isTooDeep(bytes)) {
      throw new Problem('invalid_json', { message: `The JSON is nested more than ${maxDepth} deep.` });
    }
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('invalid_json', { cause });
  }
}

const [quote, backslash] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]); // [ and {
const closing = new Set([0x5d, 0x7d]); // ] and }

/** Brackets are bytes of their own in UTF-8, and count outside of strings alone. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      at = endOfString(bytes, at);
    } else if (opening.has(byte)) {
      depth++;
      if (depth > maxDepth) return true;
    } else if (closing.has(byte)) {
      depth--;
    }
  }
  return false;
}

/** Where the string ends that begins at `start`: pictures are strings of megabytes, which `indexOf` is quick in. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
}
