/**
 * The SentencePiece model file: a protobuf `ModelProto`. Field numbers are those of `sentencepiece_model.proto`
 * (github.com/google/sentencepiece, v0.2); fields that encoding and decoding do not depend on are passed over.
 */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { TextError } from '../error.ts';

/** `ModelProto.SentencePiece.Type`. */
export const pieceTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;
export type PieceType = keyof typeof pieceTypes;

/** `TrainerSpec.ModelType`. */
export const modelTypes = { unigram: 1, bpe: 2, word: 3, char: 4 } as const;
export type ModelType = keyof typeof modelTypes;

export interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: PieceType;
}

export interface NormalizerSpec {
  readonly name: string;
  readonly charsMap: Uint8Array;
  readonly addDummyPrefix: boolean;
  readonly removeExtraWhitespaces: boolean;
  readonly escapeWhitespaces: boolean;
}

export interface SentencePieceModel {
  readonly pieces: readonly Piece[];
  readonly modelType: ModelType;
  readonly byteFallback: boolean;
  readonly whitespaceAsSuffix: boolean;
  readonly unknownSurface: string;
  readonly normalizer: NormalizerSpec;
}

/** Reads a `.model` file; throws `invalid_model` when the bytes are no such file. */
export function readModel(bytes: Uint8Array): SentencePieceModel {
  try {
    return readModelProto(new BinaryReader(bytes));
  } catch (error) {
    if (error instanceof TextError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TextError('invalid_model', `not a SentencePiece model: ${reason}`, { cause: error });
  }
}

/** Calls the reader of each known field and skips the others. */
function readFields(reader: BinaryReader, end: number, fields: Record<number, () => void>): void {
  while (reader.pos < end) {
    const [field, wireType] = reader.tag();
    const read = fields[field];
    if (read) read();
    else reader.skip(wireType, field);
  }
  if (reader.pos !== end)
    throw new TextError('invalid_model', 'not a SentencePiece model: a field is cut off');
}

function readMessage(reader: BinaryReader, fields: Record<number, () => void>): void {
  const size = reader.uint32(); // evaluated before `pos`
  readFields(reader, reader.pos + size, fields);
}

function readModelProto(reader: BinaryReader): SentencePieceModel {
  const pieces: Piece[] = [];
  let trainer = { modelType: 'unigram' as ModelType, byteFallback: false, whitespaceAsSuffix: false };
  let unknownSurface = ' \u2047 ';
  let normalizer: NormalizerSpec = defaultNormalizer;
  let denormalizer: NormalizerSpec = defaultNormalizer;
  readFields(reader, reader.len, {
    1: () => pieces.push(readPiece(reader)),
    2: () =>
      readMessage(reader, {
        3: () => (trainer = { ...trainer, modelType: nameOf(modelTypes, reader.int32(), 'model type') }),
        24: () => (trainer = { ...trainer, whitespaceAsSuffix: reader.bool() }),
        35: () => (trainer = { ...trainer, byteFallback: reader.bool() }),
        44: () => (unknownSurface = reader.string()),
      }),
    3: () => (normalizer = readNormalizer(reader)),
    5: () => (denormalizer = readNormalizer(reader)),
  });
  if (denormalizer.charsMap.length > 0) {
    throw new TextError(
      'unsupported_model',
      'SentencePiece models with denormalisation rules are not supported',
    );
  }
  if (pieces.length === 0)
    throw new TextError('invalid_model', 'not a SentencePiece model: it has no pieces');
  return { pieces, ...trainer, unknownSurface, normalizer };
}

function readPiece(reader: BinaryReader): Piece {
  let text = '';
  let score = 0;
  let type: PieceType = 'normal';
  readMessage(reader, {
    1: () => (text = reader.string(true)),
    2: () => (score = reader.float()),
    3: () => (type = nameOf(pieceTypes, reader.int32(), 'piece type')),
  });
  return { text, score, type };
}

const defaultNormalizer: NormalizerSpec = {
  name: '',
  charsMap: new Uint8Array(),
  addDummyPrefix: true,
  removeExtraWhitespaces: true,
  escapeWhitespaces: true,
};

function readNormalizer(reader: BinaryReader): NormalizerSpec {
  let spec = defaultNormalizer;
  readMessage(reader, {
    1: () => (spec = { ...spec, name: reader.string() }),
    2: () => (spec = { ...spec, charsMap: reader.bytes() }),
    3: () => (spec = { ...spec, addDummyPrefix: reader.bool() }),
    4: () => (spec = { ...spec, removeExtraWhitespaces: reader.bool() }),
    5: () => (spec = { ...spec, escapeWhitespaces: reader.bool() }),
  });
  return spec;
}

function nameOf<K extends string>(table: Readonly<Record<K, number>>, value: number, what: string): K {
  for (const name in table) if (table[name] === value) return name;
  throw new TextError('invalid_model', `not a SentencePiece model: ${what} ${value} does not exist`);
}

/** Serialises a model so that the reference implementation reads it; equal models give equal bytes. */
export function writeModel(model: SentencePieceModel): Uint8Array {
  const writer = new BinaryWriter();
  const message = (field: number, write: () => void) => {
    writer.tag(field, WireType.LengthDelimited).fork();
    write();
    writer.join();
  };
  const bool = (field: number, value: boolean) => writer.tag(field, WireType.Varint).bool(value);
  const int = (field: number, value: number) => writer.tag(field, WireType.Varint).int32(value);
  const bytes = (field: number, value: Uint8Array) =>
    writer.tag(field, WireType.LengthDelimited).bytes(value);
  const string = (field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);

  for (const { text, score, type } of model.pieces) {
    message(1, () => {
      string(1, text);
      writer.tag(2, WireType.Bit32).float(score);
      int(3, pieceTypes[type]);
    });
  }
  const idOf = (text: string) => model.pieces.findIndex((piece) => piece.text === text);
  message(2, () => {
    int(3, modelTypes[model.modelType]);
    int(4, model.pieces.length);
    bool(24, model.whitespaceAsSuffix);
    bool(35, model.byteFallback);
    // Which pieces mean unknown, begin, end and padding; -1 where there is none.
    int(
      40,
      model.pieces.findIndex((piece) => piece.type === 'unknown'),
    );
    int(41, idOf('<s>'));
    int(42, idOf('</s>'));
    int(43, idOf('<pad>'));
    string(44, model.unknownSurface);
  });
  message(3, () => {
    string(1, model.normalizer.name);
    bytes(2, model.normalizer.charsMap);
    bool(3, model.normalizer.addDummyPrefix);
    bool(4, model.normalizer.removeExtraWhitespaces);
    bool(5, model.normalizer.escapeWhitespaces);
  });
  return writer.finish();
}
