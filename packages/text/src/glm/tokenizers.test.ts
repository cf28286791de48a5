import { describe, expect, it } from 'vitest';
import { goldenBytes, goldenJson } from '../testing.ts';
import { loadChatGlm2, loadChatGlm3, loadGlm4 } from './tokenizers.ts';

interface SentencePieceGolden {
  readonly vocab_size: number;
  readonly commands: Readonly<Record<string, number>>;
  readonly encode: readonly { text: string; ids: number[]; ids_with_special: number[]; decoded: string }[];
}

interface Golden {
  readonly 'chatglm2-6b': SentencePieceGolden;
  readonly 'chatglm3-6b': SentencePieceGolden;
  readonly 'glm-4-9b-chat': {
    readonly vocab_size: number;
    readonly eos: number;
    readonly encode: readonly { text: string; ids_with_special: number[] }[];
  };
}

const golden = goldenJson<Golden>('chatglm234.json');

describe.each([
  ['chatglm2-6b', loadChatGlm2],
  ['chatglm3-6b', loadChatGlm3],
] as const)('%s', (name, load) => {
  const tokenizer = load(goldenBytes('tokenizer.model'));
  const { vocab_size, commands, encode } = golden[name];
  const prefix = [tokenizer.id('[gMASK]'), tokenizer.id('sop')];

  it('has its special tokens behind the pieces', () => {
    expect(tokenizer.vocabSize).toBe(vocab_size);
    const own = Object.entries(commands).filter(([token]) => !/^<(bos|eos|pad)>$/.test(token));
    for (const [token, id] of own) {
      expect([token, tokenizer.id(token)]).toEqual([token, id]);
      expect(tokenizer.piece(id)).toBe(token);
      expect(tokenizer.decode([id])).toBe('');
    }
  });

  it.each(encode)('encodes $text', ({ text, ids, ids_with_special, decoded }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect([...prefix, ...tokenizer.encode(text)]).toEqual(ids_with_special);
    expect(tokenizer.decode(ids_with_special)).toBe(decoded);
    const decoder = tokenizer.decoder();
    expect(ids_with_special.map((id) => decoder.push(id)).join('') + decoder.flush()).toBe(decoded);
  });

  it('names a token that does not exist', () => {
    expect(() => tokenizer.decode([vocab_size])).toThrow(`token ${vocab_size} does not exist`);
  });
});

describe('glm-4-9b-chat', () => {
  const tokenizer = loadGlm4(goldenBytes('glm4-tiny.tiktoken'));
  const { vocab_size, eos, encode } = golden['glm-4-9b-chat'];

  it('has as many tokens, and its end', () => {
    expect([tokenizer.vocabSize, tokenizer.id('<|endoftext|>')]).toEqual([vocab_size, eos]);
  });

  it.each(encode)('encodes $text', ({ text, ids_with_special }) => {
    expect([tokenizer.id('[gMASK]'), tokenizer.id('<sop>'), ...tokenizer.encode(text)]).toEqual(
      ids_with_special,
    );
  });
});
