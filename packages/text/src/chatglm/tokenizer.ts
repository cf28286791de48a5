/**
 * The tokenizer of ChatGLM-6B and X-LLM: SentencePiece with white space spelt out, special tokens recognised in text,
 * and `[gMASK] <sop>` behind the prompt. Reference: `tokenization_chatglm.py` of phellonchen/X-LLM.
 */
import { TextError } from '../error.ts';
import { loadSentencePiece, type SentencePieceTokenizer } from '../sentencepiece/tokenizer.ts';
import type { EncodeOptions, IncrementalDecoder, Tokenizer } from '../tokenizer.ts';
import { newlinePiece, userSymbols } from './symbols.ts';
import { readWhitespace, spellWhitespace, WhitespaceReader } from './whitespace.ts';

export interface ChatGlmOptions {
  /** Ids below this number stand for images and shift all others; 0 in the present release, once 20000. */
  readonly imageTokens?: number;
}

export interface ChatGlmEncodeOptions extends EncodeOptions {
  /**
   * Whether `<sop>`, `<eop>`, `[MASK]`, `<pad>` and `<unk>` in the text become those tokens, as in the reference
   * (default). False for text from strangers. Without dummy prefix they are text always.
   */
  readonly recogniseSpecial?: boolean;
}

const specialPieces = {
  unknown: '<unk>',
  pad: '<pad>',
  end: '</s>',
  mask: '[MASK]',
  gmask: '[gMASK]',
  sop: '<sop>',
  eop: '<eop>',
} as const;

/** Only these are recognised in text; `[gMASK]` and `</s>` are not. */
const recognised = /(<sop>|<eop>|\[MASK\]|<pad>|<unk>)/;

export class ChatGlmTokenizer implements Tokenizer {
  /** The ids of the tokens that prompts and answers are framed with. */
  readonly special: Readonly<Record<keyof typeof specialPieces, number>>;
  readonly #pieces: SentencePieceTokenizer;
  readonly #imageTokens: number;

  constructor(pieces: SentencePieceTokenizer, options: ChatGlmOptions = {}) {
    this.#pieces = pieces;
    this.#imageTokens = options.imageTokens ?? 0;
    const idOf = (piece: string) => {
      const id = this.id(piece);
      if (id === undefined) {
        throw new TextError('invalid_model', `not a ChatGLM-6B tokenizer: it has no piece ${piece}`);
      }
      return id;
    };
    const { unknown, pad, end, mask, gmask, sop, eop } = specialPieces;
    this.special = {
      unknown: idOf(unknown),
      pad: idOf(pad),
      end: idOf(end),
      mask: idOf(mask),
      gmask: idOf(gmask),
      sop: idOf(sop),
      eop: idOf(eop),
    };
    idOf(newlinePiece);
  }

  get vocabSize(): number {
    return this.#imageTokens + this.#pieces.vocabSize;
  }

  /** Of many blanks, where the vocabulary has a piece for them: its name is shorter than they are. */
  get longestPiece(): number {
    const blanks = userSymbols.filter((piece) => this.#pieces.id(piece) !== undefined);
    return Math.max(this.#pieces.longestPiece, ...blanks.map((piece) => readWhitespace(piece).length));
  }

  /** The ids of the text alone. */
  encode(text: string, options: ChatGlmEncodeOptions = {}): number[] {
    if (options.addDummyPrefix === false) {
      // The newline takes the dummy prefix; both are dropped again.
      return this.#encodePart(newlinePiece + spellWhitespace(text)).slice(2);
    }
    if (options.recogniseSpecial === false) return this.#encodePart(spellWhitespace(text));
    return splitSpecial(text).flatMap((part) =>
      recognised.test(part) ? (this.id(part) ?? []) : this.#encodePart(spellWhitespace(part)),
    );
  }

  #encodePart(spelt: string): number[] {
    return this.#pieces.encode(spelt, { addDummyPrefix: true }).map((id) => id + this.#imageTokens);
  }

  /** The ids of a prompt that waits for its answer: text `[gMASK] <sop>`. */
  encodePrompt(text: string, options: ChatGlmEncodeOptions = {}): number[] {
    return [...this.encode(text, options), this.special.gmask, this.special.sop];
  }

  /** The ids of a prompt with its answer, as trained on: text `[gMASK] <sop>` answer `<eop>`. */
  encodePair(text: string, answer: string, options: ChatGlmEncodeOptions = {}): number[] {
    return [...this.encodePrompt(text, options), ...this.encode(answer, options), this.special.eop];
  }

  decode(ids: readonly number[]): string {
    const inner = ids.filter((id) => this.#isText(id)).map((id) => id - this.#imageTokens);
    return readWhitespace(this.#pieces.decode(inner));
  }

  #isText(id: number): boolean {
    return id !== this.special.pad && id >= this.#imageTokens;
  }

  decoder(): IncrementalDecoder {
    const reader = new WhitespaceReader(this.#pieces.decoder());
    return {
      push: (id) => (this.#isText(id) ? reader.push(id - this.#imageTokens) : ''),
      flush: () => reader.flush(),
    };
  }

  id(piece: string): number | undefined {
    const id = this.#pieces.id(piece);
    return id === undefined ? undefined : id + this.#imageTokens;
  }

  piece(id: number): string {
    return id < this.#imageTokens ? `<image_${id}>` : this.#pieces.piece(id - this.#imageTokens);
  }
}

/** Text and special tokens in turns; the text loses the blanks that touch a special token. */
function splitSpecial(text: string): string[] {
  const parts = text.split(recognised); // special tokens at odd places
  const last = parts.length - 1;
  return parts
    .map((part, i) => {
      if (i % 2 === 1) return part;
      const left = i > 0 ? part.trimStart() : part;
      return i < last ? left.trimEnd() : left;
    })
    .filter((part) => part !== '');
}

/** Loads the `.model` file of ChatGLM-6B (`ice_text.model`), X-LLM, or one trained with `chatGlmSymbols`. */
export function loadChatGlm(bytes: Uint8Array, options: ChatGlmOptions = {}): ChatGlmTokenizer {
  return new ChatGlmTokenizer(loadSentencePiece(bytes), options);
}
