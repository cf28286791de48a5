import { TextError } from '../error.ts';

/** Bytes of a token, each as the letter of that number, so that they can be the key of a map. */
export type ByteString = string;

export const byteString = (bytes: Uint8Array): ByteString =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** What `byteString` was given. By hand, for `Uint8Array.from` takes ten times as long. */
export function bytesOf(text: ByteString): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const line = /^([A-Za-z0-9+/]+={0,2}) (\d+)$/;

/**
 * Reads a `.tiktoken` file: a line for each token, its bytes in base64 and its rank. Ranks must be 0, 1, 2 …, in any order,
 * and every single byte must be there, or some texts could not be written.
 */
export function readRanks(file: Uint8Array): Map<ByteString, number> {
  const fail = (detail: string) => new TextError('invalid_model', `not a tiktoken file: ${detail}`);
  const ranks = new Map<ByteString, number>();
  const seen = new Set<number>();
  const lines = new TextDecoder('latin1').decode(file).split('\n');
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const [, base64 = '', digits = ''] = line.exec(text.trim()) ?? [];
    const bytes = Buffer.from(base64, 'base64').toString('latin1');
    const rank = Number(digits);
    if (bytes === '') throw fail(`line ${index + 1} is not base64 and a number`);
    if (ranks.has(bytes) || seen.has(rank)) throw fail(`line ${index + 1} repeats a token or a rank`);
    ranks.set(bytes, rank);
    seen.add(rank);
  }
  const missing = Array.from({ length: 256 }, (_, byte) => byte).find(
    (byte) => !ranks.has(String.fromCharCode(byte)),
  );
  if (missing !== undefined) throw fail(`there is no token for the byte ${missing}`);
  for (const rank of seen)
    if (rank >= seen.size) throw fail(`there is a rank ${rank} and ${seen.size} tokens`);
  return ranks;
}
