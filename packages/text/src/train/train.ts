import { TextError } from '../error.ts';
import { type Piece, writeModel } from '../sentencepiece/model.ts';
import { Trie } from '../sentencepiece/trie.ts';
import { bytePiece } from '../sentencepiece/vocabulary.ts';
import { learnMerges } from './merges.ts';
import { countWords, coveredCharacters, isHan } from './words.ts';

export interface TrainOptions {
  /** Pieces in all: `<unk>`, control and user symbols, 256 bytes, and what is learnt. */
  readonly vocabSize: number;
  /** The share of the text whose characters get a piece; rarer ones are spelt in bytes. Default 0.9995. */
  readonly characterCoverage?: number;
  /** Pieces that text never turns into, after `<unk>` in this order: `<s>`, `[gMASK]`, … */
  readonly controlSymbols: readonly string[];
  /** Pieces that are recognised in text wherever they stand. */
  readonly userSymbols: readonly string[];
  /** The most characters of a piece. Default 16. */
  readonly maxPieceLength?: number;
  /** The same for pieces of Han characters, which no blanks divide into words. Default 8. */
  readonly maxHanLength?: number;
}

const unknownPiece = '<unk>';

/**
 * Learns a BPE vocabulary and returns a SentencePiece `.model` file: byte fallback, dummy prefix, no character rules.
 * The same sentences, in whatever order, give the same bytes.
 *
 * Throws TextError `invalid_training` when the sizes do not fit each other or the sentences.
 *
 * @example trainSentencePieceBpe(['a cat', '一只猫'], { vocabSize: 270, controlSymbols: ['<s>', '</s>'], userSymbols: [] })
 */
export function trainSentencePieceBpe(sentences: Iterable<string>, options: TrainOptions): Uint8Array {
  const { vocabSize, characterCoverage = 0.9995, controlSymbols, userSymbols } = options;
  const { maxPieceLength = 16, maxHanLength = 8 } = options;
  if (!(characterCoverage > 0 && characterCoverage <= 1)) {
    throw new TextError('invalid_training', `characterCoverage is ${characterCoverage}, expected 0 to 1`);
  }
  const fixed = fixedPieces(controlSymbols, userSymbols);
  const reserved = new Set(fixed.map((piece) => piece.text));

  const words = countWords(sentences, new Trie(userSymbols.map((text, i) => [text, i])));
  const characters = coveredCharacters(words, characterCoverage).filter((text) => !reserved.has(text));
  const room = vocabSize - fixed.length - characters.length;
  if (room < 0) {
    throw new TextError(
      'invalid_training',
      `vocabSize ${vocabSize} is too small: ${fixed.length} pieces are fixed and ${characters.length} characters need one each; ` +
        'raise it or lower characterCoverage',
    );
  }
  const accept = (text: string) => {
    const limit = isHan(text) ? maxHanLength : maxPieceLength;
    return (text.length <= limit || [...text].length <= limit) && !reserved.has(text);
  };
  const merges = learnMerges(splitAtUncovered(words, new Set(characters)), { count: room, accept });
  if (merges.length < room) {
    throw new TextError(
      'invalid_training',
      `vocabSize ${vocabSize} is too large: these sentences give ${vocabSize - room + merges.length} pieces at most`,
    );
  }
  const learnt = [...merges, ...characters].map(
    (text, rank): Piece => ({ text, score: -rank, type: 'normal' }),
  );
  return writeModel({
    pieces: [...fixed, ...learnt],
    modelType: 'bpe',
    byteFallback: true,
    whitespaceAsSuffix: false,
    unknownSurface: ' \u2047 ',
    normalizer: {
      name: 'identity',
      charsMap: new Uint8Array(),
      addDummyPrefix: true,
      removeExtraWhitespaces: false,
      escapeWhitespaces: true,
    },
  });
}

function fixedPieces(controlSymbols: readonly string[], userSymbols: readonly string[]): Piece[] {
  const fixed =
    (type: Piece['type']) =>
    (text: string): Piece => ({ text, score: 0, type });
  const bytes = Array.from({ length: 256 }, (_, byte) => bytePiece(byte));
  const pieces = [
    fixed('unknown')(unknownPiece),
    ...controlSymbols.map(fixed('control')),
    ...userSymbols.map(fixed('userDefined')),
    ...bytes.map(fixed('byte')),
  ];
  const seen = new Set<string>();
  for (const { text } of pieces) {
    if (text === '' || seen.has(text)) {
      throw new TextError('invalid_training', `the symbol ${JSON.stringify(text)} is empty or comes twice`);
    }
    seen.add(text);
  }
  return pieces;
}

/** Words as characters; a character without a piece of its own divides a word. */
function splitAtUncovered(
  words: readonly [string, number][],
  covered: ReadonlySet<string>,
): [string[], number][] {
  const out: [string[], number][] = [];
  for (const [text, count] of words) {
    let run: string[] = [];
    for (const character of text) {
      if (covered.has(character)) {
        run.push(character);
        continue;
      }
      if (run.length > 1) out.push([run, count]);
      run = [];
    }
    if (run.length > 1) out.push([run, count]);
  }
  return out;
}
