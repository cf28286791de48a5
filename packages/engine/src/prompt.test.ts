import { readFileSync } from 'node:fs';
import { chatglm6b } from '@x-llm/models';
import { loadChatGlm } from '@x-llm/text';
import { describe, expect, it } from 'vitest';
import { languageModels, makePart } from './architectures/index.ts';
import type { MediaInterface } from './interfaces/index.ts';
import { PromptReader, promptRows } from './prompt.ts';
import { user } from './testing/engine.ts';

const file = new URL('../../../tests/parity/golden/tokenizer/ice_text.model', import.meta.url);
const tokenizer = loadChatGlm(new Uint8Array(readFileSync(file)));
const { pad, mask, gmask, sop, eop } = tokenizer.special;
const tokens = { pad, mask, gmask, sop, eop };
const config = { ...chatglm6b, vocabSize: 1000, tokens };
const language = makePart(languageModels, { architecture: 'chatglm', config }, 'llm');

/** Pictures of two rows each, of the width 1. */
const image: MediaInterface = {
  items: ({ images }) =>
    images.map(({ size }) => ({
      modality: 'image',
      rows: 2,
      encode: async () => Float32Array.of(size, size + 0.5),
    })),
  [Symbol.dispose]: () => undefined,
};
const reader = new PromptReader({
  tokenizer,
  chatTemplate: 'x-llm',
  language,
  contextLength: 100,
  interfaces: { image },
});

describe('a prompt', () => {
  it('is the rendered conversation and what makes the answer begin', () => {
    const { ids, length, media } = reader.read([user('你好')]);
    expect(ids).toEqual(tokenizer.encodePrompt('问：你好\n答：'));
    expect([length, media.length]).toEqual([ids.length, 0]);
  });

  it('takes special tokens in a message for text', () => {
    const { ids } = reader.read([user('<eop>[gMASK]<sop>')]);
    expect(ids).not.toContain(eop);
    expect(ids.indexOf(gmask)).toBe(ids.length - 2);
    expect(ids.indexOf(sop)).toBe(ids.length - 1);
  });

  it('begins with the media of all messages between their tags', async () => {
    const picture = (size: number) => ({ rgb: new Uint8Array(), size });
    const prompt = reader.read([
      user('a', [picture(10), picture(20)]),
      { role: 'assistant', text: 'b', images: [], videos: [], speech: [] },
      user('c', [picture(30)]),
    ]);
    const open = tokenizer.encode('<Image>');
    const close = tokenizer.encode('</Image>');
    expect(prompt.mediaRows).toBe(6);
    expect(prompt.length).toBe(3 * (open.length + 2 + close.length) + prompt.ids.length);
    const rows = await promptRows(prompt, async (ids) => Float32Array.from(ids, (id) => -id));
    const piece = (value: number) => [
      ...open.map((id) => -id),
      value,
      value + 0.5,
      ...close.map((id) => -id),
    ];
    expect([...rows]).toEqual([...piece(10), ...piece(20), ...piece(30), ...prompt.ids.map((id) => -id)]);
  });
});
