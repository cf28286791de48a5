import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGlm4 } from '../glm/tokenizers.ts';
import { goldenBytes, goldenJson } from '../testing.ts';

interface Golden {
  readonly n_ranks: number;
  readonly special_tokens: Readonly<Record<string, number>>;
  readonly encode: readonly { text: string; ids: number[]; decoded: string }[];
  readonly decode: readonly { ids: number[]; decoded: string }[];
}

const golden = goldenJson<Golden>('tiktoken.json');
const file = goldenBytes('glm4-tiny.tiktoken');
const tokenizer = loadGlm4(file);
const specialName = /\[gMASK\]/g;

describe('against tiktoken', () => {
  it('has its special tokens behind the ranks', () => {
    const found = Object.keys(golden.special_tokens).map((name) => [name, tokenizer.id(name)]);
    expect(Object.fromEntries(found)).toEqual(golden.special_tokens);
    expect(tokenizer.vocabSize).toBe(golden.n_ranks + Object.keys(golden.special_tokens).length);
  });

  it.each(golden.encode)('encodes $text', ({ text, ids, decoded }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(decoded);
  });

  it.each(golden.decode)('decodes $ids', ({ ids, decoded }) => {
    // There special tokens are decoded to their names, here to nothing.
    expect(tokenizer.decode(ids)).toBe(decoded.replace(specialName, ''));
  });
});

describe('any text', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(' ', '\n', '\r', "'s", '12', '你'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    maxLength: 12,
  });

  it('comes back', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(tokenizer.decode(tokenizer.encode(given))).toBe(given.toWellFormed());
      }),
      { numRuns: 3000 },
    );
  });

  it('is decoded one by one as it is at once, never half a character', () => {
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

  it('of half a million letters without a blank takes no longer than it should', () => {
    const started = performance.now();
    expect(tokenizer.decode(tokenizer.encode('ab'.repeat(250_000)))).toHaveLength(500_000);
    expect(tokenizer.encode(' '.repeat(500_000)).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(20_000); // joined pair by pair it would be hours
  });
});

describe('a damaged file', () => {
  const lines = new TextDecoder()
    .decode(file)
    .split('\n')
    .filter((line) => line !== '');
  const load = (changed: readonly string[]) => () => loadGlm4(new TextEncoder().encode(changed.join('\n')));
  it.each([
    ['nothing', [], /no token for the byte 0/],
    ['other text', ['hello world'], /line 1 is not base64 and a number/],
    ['a token twice', [...lines, lines[0] ?? ''], /repeats a token or a rank/],
    ['a rank that is left out', lines.toSpliced(300, 1), /no token for the byte|there is a rank/],
    ['a huge rank', [...lines, 'AAAAAAAA 99999999'], /there is a rank 99999999/],
    ['a number that is none', lines.with(0, 'Cg== x'), /line 1 is not/],
  ])('with %s is refused', (_, changed, message) => {
    expect(load(changed)).toThrow(message);
    expect(load(changed)).toThrow(expect.objectContaining({ code: 'invalid_model' }));
  });

  it('a token that does not exist is named', () => {
    expect(() => tokenizer.decode([100_000])).toThrow(/token 100000 does not exist/);
  });
});
