import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEngine } from '../engine.ts';
import { loadEngine } from '../load.ts';
import { collect, user, writeRandomBundle } from '../testing/index.ts';
import { type CaptionEngine, type Captions, loadCaptionEngine } from './index.ts';

describe('captions in place of media', () => {
  let dir: string;
  let engine: CaptionEngine;
  let plain: LocalEngine;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'x-llm-captions-'));
    await writeRandomBundle(dir, { image: false });
    engine = await loadCaptionEngine(dir);
    plain = await loadEngine(dir);
  });
  afterAll(async () => {
    await engine.close();
    await plain.close();
    await rm(dir, { recursive: true });
  });
  const answer = (text: string, captions: Captions) =>
    collect(engine.generate({ messages: [{ ...user(text), captions }], temperature: 0, maxTokens: 12 }));

  it('stand between the tags of their modality, images first, and change the answer', async () => {
    const none = await answer('what is this?', {});
    const fox = await answer('what is this?', { image: 'a red apple' });
    const heard = await answer('what is this?', { speech: 'two', image: 'a red apple' });
    expect(none.start).toMatchObject({ imageTokens: 0, videoTokens: 0, speechTokens: 0 });
    expect(fox.start.imageTokens).toBeGreaterThan(0);
    const tags = fox.start.promptTokens - none.start.promptTokens - fox.start.imageTokens;
    expect(heard.start.imageTokens).toBe(fox.start.imageTokens);
    expect(heard.start.promptTokens - fox.start.promptTokens).toBe(heard.start.speechTokens + tags);
    expect(new Set([none.text, fox.text, heard.text]).size).toBe(3);
  });

  it('without captions it is the plain model', async () => {
    const messages = [user('what is this?')];
    const asked = await collect(plain.generate({ messages, temperature: 0, maxTokens: 12 }));
    expect((await answer('what is this?', {})).text).toBe(asked.text);
  });

  it('are bounded by the context', async () => {
    await expect(answer('what?', { video: 'a red apple '.repeat(200) })).rejects.toMatchObject({
      code: 'context_length_exceeded',
    });
  });

  it('are not read by an engine that serves', async () => {
    const messages = [{ ...user('what is this?'), captions: { image: 'a red apple' } }];
    const asked = await collect(plain.generate({ messages, temperature: 0, maxTokens: 2 }));
    expect(asked.start.imageTokens).toBe(0);
  });
});
