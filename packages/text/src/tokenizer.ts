export interface EncodeOptions {
  /** Whether a blank is put in front, as at the beginning of a text. Default: what the model file says. */
  readonly addDummyPrefix?: boolean;
}

/** Text to token ids and back. */
export interface Tokenizer {
  readonly vocabSize: number;
  /** UTF-16 units that one token stands for at most: no text takes fewer tokens than its length over this. */
  readonly longestPiece: number;
  encode(text: string, options?: EncodeOptions): number[];
  decode(ids: readonly number[]): string;
  /** The id of a piece exactly as the vocabulary spells it, control pieces included. */
  id(piece: string): number | undefined;
  piece(id: number): string;
  /** A decoder for ids that come one by one. */
  decoder(): IncrementalDecoder;
}

/**
 * Decodes while ids are still coming. What `push` and `flush` return, joined, is what `decode` gives for all ids; a
 * character is returned when it is whole, never half of it.
 */
export interface IncrementalDecoder {
  push(id: number): string;
  /** What is still held back; the decoder then starts anew. */
  flush(): string;
}
