/** 100,000 random texts to ids and back, by every kind of tokenizer that a bundle may have. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { blankSymbol } from './sentencepiece/normalizer.ts';
import { goldenBytes } from './testing.ts';
import type { Tokenizer } from './tokenizer.ts';
import { tokenizers } from './tokenizers.ts';

const texts = 100_000;

/** What people type, what they paste, and any code point at all; U+2581 is how SentencePiece writes a blank. */
const pieces = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        ' ',
        '  ',
        '\n',
        '\t',
        '\r\n',
        '苹果',
        '红苹果，',
        'apple',
        "it's",
        'é',
        '👨‍👩‍👧',
        '🇫🇷',
        '１２',
        '٣',
        '\0',
      ],
      ...['<s>', '<0x41>', '<n>', '<|tab|>', '[gMASK]', '<sop>', '<|user|>', '\u{feff}', 'x'.repeat(20)],
    ),
  },
);
const anyText = fc
  .array(pieces, { maxLength: 5 })
  .map((parts) => parts.join('').toWellFormed().replaceAll(blankSymbol, ' '));

function readBack(tokenizer: Tokenizer, text: string): string {
  const ids = tokenizer.encode(text);
  const decoder = tokenizer.decoder();
  const parts = [...ids.map((id) => decoder.push(id)), decoder.flush()];
  if (!parts.every((part) => part.isWellFormed())) throw new Error('half a character was given');
  const read = tokenizer.decode(ids);
  if (parts.join('') !== read) throw new Error('ids one by one give another text than all at once');
  return read;
}

describe.each([
  ['chatglm2-6b', 'tokenizer.model'],
  ['chatglm3-6b', 'tokenizer.model'],
  ['glm-4', 'glm4-tiny.tiktoken'],
] as const)('%s', (name, file) => {
  const tokenizer = tokenizers[name](goldenBytes(file));

  it('gives back every text as it was', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyText, (text) => readBack(tokenizer, text) === text),
      { numRuns: texts, seed: 1 },
    );
  });
});

describe('chatglm-6b', () => {
  const tokenizer = tokenizers['chatglm-6b'](goldenBytes('ice_text.model'));

  // Its normaliser folds what looks alike, so a text may come back another one; that one comes back as it is.
  it('gives back what it once gave back', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readBack(tokenizer, text);
        return readBack(tokenizer, read) === read;
      }),
      { numRuns: texts, seed: 1 },
    );
  });
});
