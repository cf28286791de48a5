/** How much text one token may stand for, by every kind of tokenizer that a bundle may have. */
import { describe, expect, it } from 'vitest';
import { goldenBytes } from './testing.ts';
import { tokenizers } from './tokenizers.ts';

describe.each([
  ['chatglm-6b', 'ice_text.model'],
  ['chatglm2-6b', 'tokenizer.model'],
  ['chatglm3-6b', 'tokenizer.model'],
  ['glm-4', 'glm4-tiny.tiktoken'],
] as const)('%s', (name, file) => {
  const tokenizer = tokenizers[name](goldenBytes(file));
  const ids = Array.from({ length: tokenizer.vocabSize }, (_, id) => id);
  // What is decoded behind another text keeps its blank in front.
  const [letter = 0] = tokenizer.encode('a').slice(-1);
  const before = tokenizer.decode([letter]).length;
  const decoded = ids.map((id) => tokenizer.decode([letter, id]).length - before);

  it('has no token that is longer', () => {
    expect(Math.max(...decoded)).toBe(tokenizer.longestPiece);
  });

  it.each(['a', ' ', '苹果', '👋', '\n', ' a'])('needs its tokens for many %j', (text) => {
    const many = text.repeat(200);
    expect(tokenizer.encode(many).length).toBeGreaterThanOrEqual(many.length / tokenizer.longestPiece);
  });
});

it('knows that a piece of ChatGLM-6B stands for 80 blanks', () => {
  expect(tokenizers['chatglm-6b'](goldenBytes('ice_text.model')).longestPiece).toBe(80);
});

it('has two units for a letter outside the basic plane', () => {
  const ranks = [...Array.from({ length: 256 }, (_, byte) => [byte]), [...Buffer.from('👋')]];
  const lines = ranks.map((bytes, rank) => `${Buffer.from(bytes).toString('base64')} ${rank}`);
  expect(tokenizers['glm-4'](Buffer.from(lines.join('\n'))).longestPiece).toBe(2);
});
