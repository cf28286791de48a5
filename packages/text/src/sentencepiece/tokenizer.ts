import { TextError } from '../error.ts';
import type { EncodeOptions, IncrementalDecoder, Tokenizer } from '../tokenizer.ts';
import { bpeSegmenter } from './bpe.ts';
import { SentencePieceDecoder } from './decoder.ts';
import { type ModelType, readModel, type SentencePieceModel } from './model.ts';
import { Normalizer } from './normalizer.ts';
import { type Segmenter, unigramSegmenter } from './unigram.ts';
import { Vocabulary } from './vocabulary.ts';

const segmenters: Record<ModelType, ((vocabulary: Vocabulary) => Segmenter) | undefined> = {
  unigram: unigramSegmenter,
  bpe: bpeSegmenter,
  word: undefined,
  char: undefined,
};

/** A SentencePiece model, unigram or BPE, giving the ids that the reference implementation gives. */
export class SentencePieceTokenizer implements Tokenizer {
  readonly #model: SentencePieceModel;
  readonly #vocabulary: Vocabulary;
  readonly #normalizer: Normalizer;
  readonly #segment: Segmenter;
  readonly #utf8 = new TextEncoder();

  constructor(model: SentencePieceModel) {
    const segmenter = segmenters[model.modelType];
    if (!segmenter) {
      throw new TextError(
        'unsupported_model',
        `SentencePiece models of type ${model.modelType} are not supported`,
      );
    }
    this.#model = model;
    this.#vocabulary = new Vocabulary(model);
    this.#normalizer = new Normalizer(
      model.normalizer,
      this.#vocabulary.userSymbols,
      model.whitespaceAsSuffix,
    );
    this.#segment = segmenter(this.#vocabulary);
  }

  get vocabSize(): number {
    return this.#model.pieces.length;
  }

  get longestPiece(): number {
    const { pieces, unknownSurface } = this.#model;
    return pieces.reduce((longest, { text }) => Math.max(longest, text.length), unknownSurface.length);
  }

  /** The text as the segmentation sees it: blanks as ▁, rules applied. */
  normalize(text: string, options: EncodeOptions = {}): string {
    return this.#normalizer.normalize(text, options.addDummyPrefix);
  }

  encode(text: string, options: EncodeOptions = {}): number[] {
    const { unknownId, byteIds } = this.#vocabulary;
    const ids: number[] = [];
    let afterUnknown = false;
    for (const segment of this.#segment(this.normalize(text, options))) {
      const isUnknown = segment.id === unknownId;
      if (isUnknown && byteIds) {
        for (const byte of this.#utf8.encode(segment.text)) ids.push(byteIds[byte] ?? unknownId);
      } else if (!(isUnknown && afterUnknown)) {
        ids.push(segment.id); // a run of unknown characters is one unknown token
      }
      afterUnknown = isUnknown;
    }
    return ids;
  }

  decode(ids: readonly number[]): string {
    const decoder = this.decoder();
    return ids.map((id) => decoder.push(id)).join('') + decoder.flush();
  }

  id(piece: string): number | undefined {
    return this.#vocabulary.id(piece);
  }

  piece(id: number): string {
    const piece = this.#vocabulary.pieces[id];
    if (!piece)
      throw new TextError('unknown_id', `token ${id} does not exist, the vocabulary has ${this.vocabSize}`);
    return piece.text;
  }

  decoder(): IncrementalDecoder {
    return new SentencePieceDecoder(this.#model, this.#vocabulary);
  }
}

/**
 * Loads a SentencePiece `.model` file. Throws TextError: `invalid_model`, or `unsupported_model` for kinds other than
 * unigram and BPE.
 *
 * @example loadSentencePiece(await readFile('tokenizer.model')).encode('Hello')
 */
export function loadSentencePiece(bytes: Uint8Array): SentencePieceTokenizer {
  return new SentencePieceTokenizer(readModel(bytes));
}
