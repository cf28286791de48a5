import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextError } from '../error.ts';
import { goldenBytes, goldenJson } from '../testing.ts';
import { type ModelType, readModel, writeModel } from './model.ts';
import { loadSentencePiece } from './tokenizer.ts';

interface Golden {
  readonly models: readonly {
    readonly model: string;
    readonly encode: readonly {
      text: string;
      normalized: string;
      ids: number[];
      pieces: string[];
      decoded: string;
    }[];
    readonly decode: readonly { ids: number[]; decoded: string }[];
    readonly piece_to_id: readonly [string, number][];
  }[];
}

interface PieceTables {
  readonly [model: string]: {
    readonly model_type: ModelType;
    readonly byte_fallback: boolean;
    readonly normalizer: { readonly name: string; readonly charsmap_bytes: number };
    readonly pieces: readonly [string, number, string][];
  };
}

const golden = goldenJson<Golden>('sentencepiece.json').models;
const tables = goldenJson<PieceTables>('sentencepiece-models.json');

describe.each(golden)('$model against the reference', (expected) => {
  const tokenizer = loadSentencePiece(goldenBytes(expected.model));

  it('reads the model file', () => {
    const model = readModel(goldenBytes(expected.model));
    const table = tables[expected.model];
    expect(model.modelType).toBe(table?.model_type);
    expect(model.byteFallback).toBe(table?.byte_fallback);
    expect(model.normalizer.name).toBe(table?.normalizer.name);
    expect(model.normalizer.charsMap.length).toBe(table?.normalizer.charsmap_bytes);
    const found = model.pieces.map(({ text, score, type }) => [text, score, type.toUpperCase()]);
    const listed = table?.pieces.map(([text, score, type]) => [
      text,
      Math.fround(score),
      type.replace('_', ''),
    ]);
    expect(found).toEqual(listed);
  });

  it.each(expected.encode)('encodes $text', ({ text, normalized, ids, pieces, decoded }) => {
    expect(tokenizer.normalize(text)).toBe(normalized);
    const found = tokenizer.encode(text);
    expect(found).toEqual(ids);
    const known = (id: number, i: number) => (id === tokenizer.id('<unk>') ? pieces[i] : tokenizer.piece(id));
    expect(found.map(known)).toEqual(pieces);
    expect(tokenizer.decode(ids)).toBe(decoded);
  });

  it.each(expected.decode)('decodes $ids', ({ ids, decoded }) => {
    expect(tokenizer.decode(ids)).toBe(decoded);
    const decoder = tokenizer.decoder();
    const parts = [...ids.map((id) => decoder.push(id)), decoder.flush()];
    expect(parts.join('')).toBe(decoded);
    expect(parts.every((part) => part.isWellFormed())).toBe(true);
  });

  it('finds pieces', () => {
    for (const [piece, id] of expected.piece_to_id) {
      expect(tokenizer.id(piece) ?? tokenizer.id('<unk>')).toBe(id);
    }
  });

  it('writes what it reads', () => {
    const model = readModel(goldenBytes(expected.model));
    expect(readModel(writeModel(model))).toEqual(model);
  });

  it('decodes one by one what it decodes at once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(tokenizer.vocabSize - 1), { maxLength: 30 }), (ids) => {
        const decoder = tokenizer.decoder();
        const joined = ids.map((id) => decoder.push(id)).join('') + decoder.flush();
        expect(joined).toBe(tokenizer.decode(ids));
      }),
      { numRuns: 1000 },
    );
  });
});

const text = fc.string({
  unit: fc.oneof(fc.constantFrom(' ', '\n', '你', '🎉', '<n>', '<s>', '\u2581'), {
    arbitrary: fc.string({ unit: 'binary', maxLength: 3 }),
    weight: 2,
  }),
  maxLength: 12,
});

describe('any Unicode text', () => {
  const identity = loadSentencePiece(goldenBytes('tokenizer.model'));
  const folding = loadSentencePiece(goldenBytes('ice_text.model'));

  it('comes back from a byte-fallback model without rules', () => {
    fc.assert(
      fc.property(text, (given) => {
        // ▁ itself stands for a blank, in the reference too.
        expect(identity.decode(identity.encode(given))).toBe(given.replaceAll('\u2581', ' '));
      }),
      { numRuns: 3000 },
    );
  });

  it('comes back normalised from a model with rules, and then stays', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = folding.decode(folding.encode(given));
        const shown = folding.normalize(given).replaceAll('\u2581', ' ').replace(/^ +/, '');
        expect(once).toBe(shown);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a damaged model', () => {
  const bytes = goldenBytes('tokenizer.model');

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('this is not a model')],
    ['half of it', bytes.subarray(0, bytes.length / 2 - 3)],
  ])('%s is refused', (_, damaged) => {
    expect(() => loadSentencePiece(damaged)).toThrow(TextError);
  });

  it('is refused or loads, whatever is broken', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 3 }), (at, change) => {
        const broken = Uint8Array.from(bytes);
        broken.set(change.subarray(0, bytes.length - at), at);
        try {
          loadSentencePiece(broken).encode('Hello 世界');
        } catch (error) {
          expect(error).toBeInstanceOf(TextError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('of a kind that is not supported says so', () => {
    const model = readModel(bytes);
    expect(() => loadSentencePiece(writeModel({ ...model, modelType: 'word' }))).toThrow(/type word/);
  });

  it('has no token beyond its vocabulary', () => {
    const tokenizer = loadSentencePiece(bytes);
    expect(() => tokenizer.decode([800])).toThrow(/token 800 does not exist, the vocabulary has 800/);
    expect(() => tokenizer.piece(-1)).toThrow(TextError);
  });
});
