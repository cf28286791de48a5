import { describe, expect, it } from 'vitest';
import { goldenBytes, goldenJson } from '../testing.ts';
import { readRanks } from '../tiktoken/ranks.ts';
import { byteLetters } from '../tiktoken/tokenizer-json.ts';
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

describe('tokenizer.json of GLM-4 in Hugging Face’s form', () => {
  const file = goldenBytes('glm4-tiny.tiktoken');
  const tokenizer = loadGlm4(file);
  const vocab = Object.fromEntries(
    [...readRanks(file)].map(([bytes, rank]) => [
      Array.from(bytes, (byte) => byteLetters[byte.charCodeAt(0)]).join(''),
      rank,
    ]),
  );
  const count = Object.keys(vocab).length;
  const names = ['<|endoftext|>', '[MASK]', '[gMASK]', '[sMASK]', '<sop>', '<eop>', '<|system|>', '<|user|>'];
  const pattern =
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  const json = {
    added_tokens: names.map((content, place) => ({ id: count + place, content, special: true })).reverse(),
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false }],
    },
    model: { type: 'BPE', vocab, merges: [] },
  };
  const load = (value: unknown) => loadGlm4(new TextEncoder().encode(JSON.stringify(value)));

  it('gives the ids of the tiktoken file', () => {
    const own = load(json);
    for (const { text } of golden['glm-4-9b-chat'].encode)
      expect(own.encode(text)).toEqual(tokenizer.encode(text));
    for (const name of names) expect(own.id(name)).toBe(tokenizer.id(name));
    expect(own.vocabSize).toBe(count + names.length);
  });

  it.each([
    [
      'another kind',
      { ...json, model: { type: 'Unigram', vocab: [] } },
      /not a tokenizer\.json of byte-level BPE/,
    ],
    ['another pattern', { ...json, pre_tokenizer: null }, /cut by another pattern/],
    [
      'letters that are no bytes',
      { ...json, model: { ...json.model, vocab: { ...vocab, 你: count } } },
      /not made of letters/,
    ],
    [
      'a special token elsewhere',
      { ...json, added_tokens: [{ id: 5, content: '<x>' }] },
      /<x> is 5; special tokens should follow/,
    ],
    [
      'a rank that is left out',
      { ...json, model: { ...json.model, vocab: { ...vocab, AAAAAAA: count + 9 } } },
      /there is a rank/,
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => load(value)).toThrow(message);
    expect(() => load(value)).toThrow(expect.objectContaining({ code: 'invalid_model' }));
  });

  it('refuses half of one', () => {
    expect(() => loadGlm4(new TextEncoder().encode('{"model": '))).toThrow(/it is not JSON/);
  });
});
