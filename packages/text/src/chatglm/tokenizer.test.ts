import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSentencePiece } from '../sentencepiece/tokenizer.ts';
import { goldenBytes, goldenJson } from '../testing.ts';
import { padBatch } from './batch.ts';
import { loadChatGlm } from './tokenizer.ts';
import { spellWhitespace } from './whitespace.ts';

interface Golden {
  readonly vocab_size: number;
  readonly special_ids: Readonly<Record<string, number>>;
  readonly encode: readonly {
    text: string;
    tokens: string[];
    ids: number[];
    ids_with_special: number[];
    decoded: string;
    sp_encode_no_dummy_prefix: number[];
  }[];
  readonly pairs: readonly { question: string; answer: string; ids: number[] }[];
  readonly padded_batches: readonly {
    texts: string[];
    input_ids: number[][];
    position_ids: number[][][];
    attention_mask: number[][][][];
  }[];
  readonly decode: readonly { ids: number[]; decoded: string }[];
}

const file = goldenBytes('ice_text.model');
const goldens = Object.entries(goldenJson<Record<string, Golden>>('chatglm-6b.json'));

describe.each(goldens)('ChatGLM-6B, %s', (name, golden) => {
  const tokenizer = loadChatGlm(file, { imageTokens: Number(name.split('=')[1]) });

  it('knows its special tokens', () => {
    expect(tokenizer.vocabSize).toBe(golden.vocab_size);
    for (const [piece, id] of Object.entries(golden.special_ids)) {
      expect(tokenizer.id(piece)).toBe(id);
      expect(tokenizer.piece(id)).toBe(piece);
    }
  });

  it.each(golden.encode)('encodes $text', (expected) => {
    const { text } = expected;
    const ids = tokenizer.encode(text);
    expect(ids.map((id) => tokenizer.piece(id))).toEqual(expected.tokens);
    expect(ids).toEqual(expected.ids);
    expect(tokenizer.encodePrompt(text)).toEqual(expected.ids_with_special);
    expect(tokenizer.encode(text, { addDummyPrefix: false })).toEqual(expected.sp_encode_no_dummy_prefix);
    expect(tokenizer.decode(ids)).toBe(expected.decoded);
    expect(tokenizer.decode(expected.ids_with_special)).toBe(expected.decoded);
  });

  it.each(golden.pairs)('encodes the pair $question', ({ question, answer, ids }) => {
    expect(tokenizer.encodePair(question, answer)).toEqual(ids);
  });

  it.each(golden.padded_batches)('pads $texts', (expected) => {
    const batch = padBatch(
      tokenizer,
      expected.texts.map((text) => tokenizer.encodePrompt(text)),
    );
    expect(batch.inputIds).toEqual(expected.input_ids);
    expect(batch.positionIds).toEqual(expected.position_ids);
    expect(batch.hidden.map((rows) => [rows.map((row) => row.map(Number))])).toEqual(expected.attention_mask);
  });

  it.each(golden.decode)('decodes $ids', ({ ids, decoded }) => {
    expect(tokenizer.decode(ids)).toBe(decoded);
  });

  it('decodes one by one what it decodes at once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(tokenizer.vocabSize - 1), { maxLength: 30 }), (ids) => {
        const decoder = tokenizer.decoder();
        const parts = [...ids.map((id) => decoder.push(id)), decoder.flush()];
        expect(parts.join('')).toBe(tokenizer.decode(ids));
        expect(parts.every((part) => part.isWellFormed())).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds back a spelling that comes in pieces, and no longer than needed', () => {
    const decoder = tokenizer.decoder();
    const ids = tokenizer.encode('a<|blank_1', { recogniseSpecial: false });
    expect(ids.map((id) => decoder.push(id)).join('')).toBe('a');
    const rest = tokenizer.encode('7|>b<x', { addDummyPrefix: false });
    expect(rest.map((id) => decoder.push(id)).join('') + decoder.flush()).toBe(`${' '.repeat(17)}b<x`);
  });
});

it('takes special tokens in text as text when told to', () => {
  const tokenizer = loadChatGlm(file);
  const ids = tokenizer.encode('x<eop>', { recogniseSpecial: false });
  expect(ids).not.toContain(tokenizer.special.eop);
  expect(tokenizer.decode(ids)).toBe('x<eop>');
});

it('spells white space so that it can be read back', () => {
  const spaces = fc.string({ unit: fc.constantFrom(' ', ' ', ' ', '\n', '\t', 'a', '好'), maxLength: 200 });
  const tokenizer = loadChatGlm(file);
  fc.assert(
    fc.property(spaces, (text) => {
      // A single blank at an end is lost, as the model file says; all else is kept.
      const lost = spellWhitespace(text).replace(/^ /, '').replace(/ $/, '');
      expect(spellWhitespace(tokenizer.decode(tokenizer.encode(text)))).toBe(lost);
    }),
    { numRuns: 1000 },
  );
});

it('refuses a model file that is not ChatGLM-6B’s', () => {
  expect(() => loadChatGlm(goldenBytes('tokenizer.model'))).toThrow(/no piece <pad>/);
  expect(loadSentencePiece(goldenBytes('tokenizer.model')).vocabSize).toBe(800);
});
