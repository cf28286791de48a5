import { TextError } from '../error.ts';
import type { IncrementalDecoder, Tokenizer } from '../tokenizer.ts';
import { joinBytes } from './bpe.ts';
import { type ByteString, byteString, bytesOf, readRanks } from './ranks.ts';

export interface TiktokenOptions {
  /** Cuts a text into chunks, which are encoded alone; matches follow each other without a gap. */
  readonly pattern: RegExp;
  /** Tokens with names instead of bytes; their ids follow the ranks, in this order. */
  readonly special: readonly string[];
}

/** Byte-pair encoding as tiktoken has it. Names of special tokens in a text are text. */
export class TiktokenTokenizer implements Tokenizer {
  readonly #ranks: ReadonlyMap<ByteString, number>;
  readonly #bytes: readonly ByteString[];
  readonly #pattern: RegExp;
  readonly #special: readonly string[];
  readonly #utf8 = new TextEncoder();

  constructor(ranks: ReadonlyMap<ByteString, number>, { pattern, special }: TiktokenOptions) {
    this.#ranks = ranks;
    const bytes = Array<ByteString>(ranks.size).fill('');
    for (const [token, rank] of ranks) bytes[rank] = token;
    this.#bytes = bytes;
    this.#pattern = pattern;
    this.#special = special;
  }

  get vocabSize(): number {
    return this.#bytes.length + this.#special.length;
  }

  get longestPiece(): number {
    // A text never has more units than bytes, so few tokens need be decoded.
    return this.#bytes.reduce(
      (longest, bytes) =>
        bytes.length > longest ? Math.max(longest, decodeUtf8(bytesOf(bytes)).length) : longest,
      1,
    );
  }

  encode(text: string): number[] {
    const chunks = text.match(this.#pattern) ?? [];
    return chunks.flatMap((chunk) => joinBytes(byteString(this.#utf8.encode(chunk)), this.#ranks));
  }

  decode(ids: readonly number[]): string {
    return decodeUtf8(bytesOf(ids.map((id) => this.#byteString(id)).join('')));
  }

  /** Special tokens by name, others by their text where that is whole. */
  id(piece: string): number | undefined {
    const special = this.#special.indexOf(piece);
    return special >= 0
      ? this.#bytes.length + special
      : this.#ranks.get(byteString(this.#utf8.encode(piece)));
  }

  piece(id: number): string {
    return this.#special[id - this.#bytes.length] ?? decodeUtf8(bytesOf(this.#byteString(id)));
  }

  /** Special tokens are decoded to nothing; broken characters to U+FFFD, as Python's `errors='replace'` has it. */
  decoder(): IncrementalDecoder {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return {
      push: (id) => decoder.decode(bytesOf(this.#byteString(id)), { stream: true }),
      flush: () => decoder.decode(),
    };
  }

  #byteString(id: number): ByteString {
    const bytes = this.#bytes[id];
    if (bytes !== undefined) return bytes;
    if (this.#special[id - this.#bytes.length] !== undefined) return '';
    throw new TextError('unknown_id', `token ${id} does not exist, the vocabulary has ${this.vocabSize}`);
  }
}

const decodeUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Loads a `.tiktoken` file. @throws TextError `invalid_model`. */
export const loadTiktoken = (bytes: Uint8Array, options: TiktokenOptions): TiktokenTokenizer =>
  new TiktokenTokenizer(readRanks(bytes), options);
