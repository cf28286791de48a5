import { TextError } from '../error.ts';
import type { SentencePieceModel } from './model.ts';
import { Trie } from './trie.ts';

/** The pieces of a model, looked up the ways that encoding and decoding need. */
export class Vocabulary {
  readonly pieces: SentencePieceModel['pieces'];
  readonly unknownId: number;
  /** Pieces that text can be cut into: normal, user-defined and unused ones. */
  readonly segments: ReadonlyMap<string, number>;
  readonly userSymbols: Trie;
  /** The id of each byte's piece; undefined without byte fallback. */
  readonly byteIds: readonly number[] | undefined;
  readonly #reserved: ReadonlyMap<string, number>;
  readonly #byteOfId: ReadonlyMap<number, number>;

  constructor(model: SentencePieceModel) {
    this.pieces = model.pieces;
    const segments = new Map<string, number>();
    const reserved = new Map<string, number>();
    const bytes = new Map<number, number>();
    let unknownId = -1;
    model.pieces.forEach(({ text, type }, id) => {
      if (text === '') throw new TextError('invalid_model', `piece ${id} is empty`);
      const isSegment = type === 'normal' || type === 'userDefined' || type === 'unused';
      const table = isSegment ? segments : reserved;
      if (table.has(text)) throw new TextError('invalid_model', `piece ${JSON.stringify(text)} comes twice`);
      table.set(text, id);
      if (type === 'unknown') unknownId = id;
      if (type === 'byte') bytes.set(parseByte(text), id);
    });
    if (unknownId < 0) throw new TextError('invalid_model', 'no piece is of the type "unknown"');
    this.unknownId = unknownId;
    this.segments = segments;
    this.#reserved = reserved;
    this.userSymbols = new Trie([...segments].filter(([, id]) => model.pieces[id]?.type === 'userDefined'));
    this.byteIds = model.byteFallback ? allBytes(bytes) : undefined;
    this.#byteOfId = new Map([...bytes].map(([byte, id]) => [id, byte]));
  }

  /** As the reference looks up: control, unknown and byte pieces first, then segments. */
  id(piece: string): number | undefined {
    return this.#reserved.get(piece) ?? this.segments.get(piece);
  }

  /** The byte that a byte piece stands for. */
  byte(id: number): number | undefined {
    return this.#byteOfId.get(id);
  }
}

function parseByte(text: string): number {
  const digits = /^<0x([0-9A-F]{2})>$/.exec(text)?.[1];
  if (digits === undefined) throw new TextError('invalid_model', `${JSON.stringify(text)} is not a byte`);
  return Number.parseInt(digits, 16);
}

function allBytes(ids: ReadonlyMap<number, number>): number[] {
  return Array.from({ length: 256 }, (_, byte) => {
    const id = ids.get(byte);
    if (id === undefined)
      throw new TextError('invalid_model', `byte fallback, but byte ${byte} has no piece`);
    return id;
  });
}

/** The spelling of a byte's piece: `<0x0A>`. */
export function bytePiece(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
