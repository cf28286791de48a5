/** `tokenizer.json` of Hugging Face's tokenizers, where it holds a byte-level BPE that was a tiktoken file once. */
import { z } from 'zod';
import { TextError } from '../error.ts';
import type { ByteString } from './ranks.ts';

const file = z.object({
  added_tokens: z.array(z.object({ id: z.int().nonnegative(), content: z.string() })),
  pre_tokenizer: z.unknown(),
  model: z.object({ type: z.literal('BPE'), vocab: z.record(z.string(), z.int().nonnegative()) }),
});

/**
 * GPT-2's letters for bytes (`bytes_to_unicode`): printable ones stand for themselves, the others in order for letters from
 * U+0100 on.
 */
export const byteLetters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    return String.fromCharCode(printable ? byte : next++);
  });
})();

const byteOf = new Map(byteLetters.map((letter, byte) => [letter, byte]));

/**
 * Ranks by bytes, and the special tokens behind them in the order of their ids. Merges are not read: in a vocabulary that was
 * a tiktoken file their order is that of the ranks.
 * @throws TextError `invalid_model`, also where texts are cut by another pattern than `pattern`.
 */
export function readTokenizerJson(bytes: Uint8Array, pattern: RegExp) {
  const fail = (detail: string, cause?: unknown) =>
    new TextError('invalid_model', `not a tokenizer.json of byte-level BPE: ${detail}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw fail('it is not JSON', error);
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) throw fail(z.prettifyError(parsed.error), parsed.error);
  const { added_tokens: added, model, pre_tokenizer: cut } = parsed.data;
  // Python's and JavaScript's spellings differ in escapes only.
  if (!JSON.stringify(cut).replaceAll('\\\\', '\\').includes(pattern.source))
    throw fail('texts are cut by another pattern');
  const special = new Set(added.map(({ content }) => content));
  const ranks = new Map<ByteString, number>();
  for (const [token, id] of Object.entries(model.vocab))
    if (!special.has(token)) ranks.set(bytesOf(token, fail), id);
  const wrong = [...ranks.values()].find((rank) => rank >= ranks.size);
  if (wrong !== undefined) throw fail(`there is a rank ${wrong} and ${ranks.size} tokens`);
  const sorted = added.toSorted((a, b) => a.id - b.id);
  const gap = sorted.find(({ id }, place) => id !== ranks.size + place);
  if (gap) throw fail(`${gap.content} is ${gap.id}; special tokens should follow the ${ranks.size} others`);
  return { ranks, special: sorted.map(({ content }) => content) };
}

function bytesOf(token: string, fail: (detail: string) => TextError): ByteString {
  return Array.from(token, (letter) => {
    const byte = byteOf.get(letter);
    if (byte === undefined) throw fail(`the token ${JSON.stringify(token)} is not made of letters for bytes`);
    return String.fromCharCode(byte);
  }).join('');
}
