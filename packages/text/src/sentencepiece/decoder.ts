import { TextError } from '../error.ts';
import type { IncrementalDecoder } from '../tokenizer.ts';
import { utf8Step } from '../utf8.ts';
import type { SentencePieceModel } from './model.ts';
import { blankSymbol } from './normalizer.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Ids to text, one at a time: pieces with their blanks, byte pieces gathered into characters, control pieces as
 * nothing. The blank that encoding puts in front of a text is taken away again.
 */
export class SentencePieceDecoder implements IncrementalDecoder {
  readonly #model: SentencePieceModel;
  readonly #vocabulary: Vocabulary;
  #bytes: number[] = [];
  /** Whether a blank would still be the one in front of the text. */
  #atStart = true;

  constructor(model: SentencePieceModel, vocabulary: Vocabulary) {
    this.#model = model;
    this.#vocabulary = vocabulary;
  }

  push(id: number): string {
    const piece = this.#vocabulary.pieces[id];
    if (!piece) {
      throw new TextError(
        'unknown_id',
        `token ${id} does not exist, the vocabulary has ${this.#vocabulary.pieces.length}`,
      );
    }
    const byte = this.#vocabulary.byte(id);
    if (byte !== undefined) {
      this.#bytes.push(byte);
      return this.#takeCharacters(false);
    }
    const before = this.#takeCharacters(true);
    return before + this.#surface(piece.text, piece.type);
  }

  flush(): string {
    const rest = this.#takeCharacters(true);
    this.#atStart = true;
    return rest;
  }

  #surface(text: string, type: SentencePieceModel['pieces'][number]['type']): string {
    if (type === 'control') return '';
    if (type === 'unknown') {
      this.#atStart = false;
      return this.#model.unknownSurface;
    }
    const { addDummyPrefix, removeExtraWhitespaces } = this.#model.normalizer;
    const consumes =
      this.#atStart && (addDummyPrefix || removeExtraWhitespaces) && text.startsWith(blankSymbol);
    const rest = consumes ? text.slice(blankSymbol.length) : text;
    // With extra blanks removed, every blank before the first visible piece goes.
    if (rest !== '' || (consumes && !removeExtraWhitespaces)) this.#atStart = false;
    return rest.replaceAll(blankSymbol, ' ');
  }

  /** Whole characters out of the bytes gathered; at a boundary what is left is broken. */
  #takeCharacters(boundary: boolean): string {
    let out = '';
    let at = 0;
    while (at < this.#bytes.length) {
      const step = utf8Step(this.#bytes, at);
      if (step === 'incomplete') {
        if (!boundary) break;
        out += '\ufffd';
        at++;
      } else {
        out += step.text;
        at += step.lengthBytes;
      }
    }
    this.#bytes.splice(0, at);
    if (out !== '') this.#atStart = false;
    return out;
  }
}
