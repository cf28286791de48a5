/** The tokenizers of ChatGLM2-6B, ChatGLM3-6B and GLM-4: a vocabulary, and tokens with names that no text gives. */
import { TextError } from '../error.ts';
import { loadSentencePiece, type SentencePieceTokenizer } from '../sentencepiece/tokenizer.ts';
import { loadTiktoken, TiktokenTokenizer } from '../tiktoken/tokenizer.ts';
import { readTokenizerJson } from '../tiktoken/tokenizer-json.ts';
import type { EncodeOptions, IncrementalDecoder, Tokenizer } from '../tokenizer.ts';

/** `tokenization_chatglm.py` of THUDM/chatglm2-6b: their ids follow the pieces. */
export const chatGlm2Special = ['[MASK]', '[gMASK]', '[sMASK]', 'sop', 'eop'] as const;
/** The same of THUDM/chatglm3-6b. */
export const chatGlm3Special = [
  ...chatGlm2Special,
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|observation|>',
] as const;

/** `tokenizer_config.json` of THUDM/glm-4-9b-chat. */
export const glm4Special = [
  '<|endoftext|>',
  '[MASK]',
  '[gMASK]',
  '[sMASK]',
  '<sop>',
  '<eop>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|observation|>',
  '<|begin_of_image|>',
  '<|end_of_image|>',
  '<|begin_of_video|>',
  '<|end_of_video|>',
] as const;

/** `tokenization_chatglm.py` of THUDM/glm-4-9b-chat. */
const glm4Pattern =
  /(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** A SentencePiece vocabulary with special tokens behind it, which are decoded to nothing. */
export class ExtendedSentencePiece implements Tokenizer {
  readonly #pieces: SentencePieceTokenizer;
  readonly #special: readonly string[];

  constructor(pieces: SentencePieceTokenizer, special: readonly string[]) {
    this.#pieces = pieces;
    this.#special = special;
  }

  get vocabSize(): number {
    return this.#pieces.vocabSize + this.#special.length;
  }

  get longestPiece(): number {
    return this.#pieces.longestPiece;
  }

  encode(text: string, options?: EncodeOptions): number[] {
    // The reference encodes nothing to nothing, without the blank in front.
    return text === '' ? [] : this.#pieces.encode(text, options);
  }

  decode(ids: readonly number[]): string {
    return this.#pieces.decode(ids.filter((id) => this.#isPiece(id)));
  }

  id(piece: string): number | undefined {
    const special = this.#special.indexOf(piece);
    return special >= 0 ? this.#pieces.vocabSize + special : this.#pieces.id(piece);
  }

  piece(id: number): string {
    return this.#special[id - this.#pieces.vocabSize] ?? this.#pieces.piece(id);
  }

  decoder(): IncrementalDecoder {
    const decoder = this.#pieces.decoder();
    return {
      push: (id) => (this.#isPiece(id) ? decoder.push(id) : ''),
      flush: () => decoder.flush(),
    };
  }

  #isPiece(id: number): boolean {
    if (id >= 0 && id < this.#pieces.vocabSize) return true;
    if (this.#special[id - this.#pieces.vocabSize] !== undefined) return false;
    throw new TextError('unknown_id', `token ${id} does not exist, the vocabulary has ${this.vocabSize}`);
  }
}

/** `tokenizer.model` of ChatGLM2-6B. @throws TextError `invalid_model`. */
export const loadChatGlm2 = (bytes: Uint8Array): ExtendedSentencePiece =>
  new ExtendedSentencePiece(loadSentencePiece(bytes), chatGlm2Special);

/** `tokenizer.model` of ChatGLM3-6B. @throws TextError `invalid_model`. */
export const loadChatGlm3 = (bytes: Uint8Array): ExtendedSentencePiece =>
  new ExtendedSentencePiece(loadSentencePiece(bytes), chatGlm3Special);

/**
 * `tokenizer.model` of GLM-4-9B, which is a tiktoken file, or the `tokenizer.json` of its Hugging Face form.
 * @throws TextError `invalid_model`.
 */
export function loadGlm4(bytes: Uint8Array): TiktokenTokenizer {
  const pattern = glm4Pattern;
  if (bytes[0] !== 0x7b) return loadTiktoken(bytes, { pattern, special: glm4Special });
  const { ranks, special } = readTokenizerJson(bytes, pattern);
  return new TiktokenTokenizer(ranks, { pattern, special });
}
