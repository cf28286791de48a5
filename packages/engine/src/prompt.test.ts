import { readFileSync } from 'node:fs';
import { chatglm6b } from '@x-llm/models';
import { loadChatGlm, loadChatGlm3 } from '@x-llm/text';
import { describe, expect, it } from 'vitest';
import { languageModels, makePart } from './architectures/index.ts';
import type { MediaInterface, MediaItem } from './interfaces/index.ts';
import { PromptReader } from './prompt.ts';
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
      leastRows: 2,
      encode: async () => ({ count: 2, rows: Float32Array.of(size, size + 0.5) }),
    })),
  [Symbol.dispose]: () => undefined,
};
const options = { tokenizer, chatTemplate: 'x-llm', language, contextLength: 100 };
const reader = new PromptReader({ ...options, interfaces: { image } });

describe('a prompt', () => {
  it('is the rendered conversation and what makes the answer begin', () => {
    const { ids, media } = reader.read([user('你好')]);
    expect(ids).toEqual(tokenizer.encodePrompt('问：你好\n答：'));
    expect(media).toEqual([]);
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
    const embed = async (ids: readonly number[]) => Float32Array.from(ids, (id) => -id);
    const { rows, length, mediaRows } = await reader.encode(prompt, embed);
    expect(mediaRows).toEqual({ image: 6, video: 0, speech: 0 });
    expect(length).toBe(3 * (open.length + 2 + close.length) + prompt.ids.length);
    const piece = (value: number) => [
      ...open.map((id) => -id),
      value,
      value + 0.5,
      ...close.map((id) => -id),
    ];
    expect([...rows]).toEqual([...piece(10), ...piece(20), ...piece(30), ...prompt.ids.map((id) => -id)]);
  });

  it('has a picture where VisualGLM-6B has it, its last tag one text with the question', async () => {
    interface Rounds {
      readonly image: boolean;
      readonly history: readonly [string, string][];
      readonly query: string;
      readonly ids: readonly number[];
      readonly image_length: number;
    }
    const path = new URL('../../../tests/parity/golden/tokenizer/chat-templates.json', import.meta.url);
    const { 'visualglm-6b': all } = JSON.parse(readFileSync(path, 'utf8')) as { 'visualglm-6b': Rounds[] };
    const cases = all.filter((one) => one.image);
    expect(cases).toHaveLength(4);
    const none = { images: [], videos: [], speech: [] };
    for (const { history, query, ids, image_length: count } of cases) {
      const pictures: MediaInterface = {
        items: ({ images }) =>
          images.map(() => ({
            modality: 'image',
            leastRows: count,
            encode: async () => ({ count, rows: new Float32Array(count) }),
          })),
        [Symbol.dispose]: () => undefined,
      };
      const own = new PromptReader({
        ...options,
        chatTemplate: 'visualglm-6b',
        contextLength: 200,
        interfaces: { image: pictures },
      });
      // Where the picture is said makes no difference: it stands in front of all rounds.
      const turns = history.flatMap(([question, answer]) => [
        user(question),
        { ...none, role: 'assistant' as const, text: answer },
      ]);
      const prompt = own.read([...turns, user(query, [{ rgb: new Uint8Array(), size: 1 }])]);
      const embed = async (text: readonly number[]) => Float32Array.from(text);
      expect([...(await own.encode(prompt, embed)).rows]).toEqual(ids);
    }
  });

  it('has media behind [gMASK]<sop> for models that begin with it', async () => {
    const glmFile = new URL('../../../tests/parity/golden/tokenizer/tokenizer.model', import.meta.url);
    const glm = loadChatGlm3(new Uint8Array(readFileSync(glmFile)));
    const glmReader = new PromptReader({
      ...options,
      tokenizer: glm,
      chatTemplate: 'chatglm3-6b',
      language: { ...language, promptIds: (ids) => [...ids] },
      interfaces: { image },
    });
    const prompt = glmReader.read([user('a', [{ rgb: new Uint8Array(), size: 7 }])]);
    const { rows } = await glmReader.encode(prompt, async (ids) => Float32Array.from(ids));
    const { ids: text } = glmReader.read([user('a')]);
    expect(text.slice(0, 2)).toEqual([glm.id('[gMASK]'), glm.id('sop')]);
    const tagged = [...glm.encode('<Image>'), 7, 7.5, ...glm.encode('</Image>')];
    expect([...rows]).toEqual([...text.slice(0, 2), ...tagged, ...text.slice(2)]);
  });

  it('has images, videos, then speech, whose length shows when it is encoded', async () => {
    const piece = (modality: 'video' | 'speech', value: number, count: number): MediaItem => ({
      modality,
      leastRows: modality === 'speech' ? 0 : count,
      encode: async () => ({ count, rows: new Float32Array(count).fill(value) }),
    });
    const dispose = () => undefined;
    const all = new PromptReader({
      ...options,
      interfaces: {
        image,
        video: { items: ({ videos }) => videos.map(() => piece('video', 5, 2)), [Symbol.dispose]: dispose },
        speech: {
          items: ({ speech }) => speech.map(({ samples }) => piece('speech', 7, samples.length)),
          [Symbol.dispose]: dispose,
        },
      },
    });
    const say = (tokens: number) => ({ samples: new Float32Array(tokens), sampleRateHz: 16_000 as const });
    const ask = (speech: ReturnType<typeof say>[]) =>
      all.read([user('a', [{ rgb: new Uint8Array(), size: 1 }], { videos: [{ frames: [] }], speech })]);
    const embed = async (ids: readonly number[]) => new Float32Array(ids.length);
    const { rows, mediaRows } = await all.encode(ask([say(3), say(0), say(1)]), embed);
    expect(mediaRows).toEqual({ image: 2, video: 2, speech: 4 });
    expect([...rows].filter((value) => value !== 0)).toEqual([1, 1.5, 5, 5, 7, 7, 7, 7]);
    const tags = ['<Speech>', '</Speech>'].flatMap((tag) => tokenizer.encode(tag)).length;
    const silent = await all.encode(ask([say(0)]), embed);
    const none = await all.encode(ask([]), embed);
    expect(silent.length - none.length).toBe(tags);
    await expect(all.encode(ask([say(90)]), embed)).rejects.toMatchObject({
      code: 'context_length_exceeded',
    });
  });
});
