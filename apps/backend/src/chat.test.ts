import { Agent, request as httpRequest } from 'node:http';
import { crc32 } from 'node:zlib';
import type { ChatCompletion, ChatCompletionChunk } from '@x-llm/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEchoEngine } from './testing/echo-engine.ts';
import { ask, launch, start, waitFor } from './testing/start.ts';

const red = { r: 255, g: 0, b: 0 };
const solid = (format: 'png' | 'jpeg' | 'webp' | 'gif') =>
  sharp({ create: { width: 9, height: 5, channels: 3, background: red } })
    .toFormat(format, { quality: 100 })
    .toBuffer();
const dataUrl = (bytes: Uint8Array, type = 'image/png') =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const picture = (url: string) => ({ type: 'image_url', image_url: { url } });

describe('whole answers', () => {
  it('answers, with usage by modality', async () => {
    const { chat } = await start();
    const { status, json } = await chat(
      ask([{ type: 'text', text: 'what is' }, picture(dataUrl(await solid('png')))]),
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({
      object: 'chat.completion',
      model: 'x-llm-tiny',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'what is rgb(255,0,0)', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 7,
        completion_tokens: 3,
        total_tokens: 10,
        prompt_tokens_details: { text_tokens: 3, image_tokens: 4, audio_tokens: 0, video_tokens: 0 },
      },
    });
    expect(Math.abs((json as ChatCompletion).created - Date.now() / 1000)).toBeLessThan(5);
  });

  it('says when the limit cut it', async () => {
    const { chat } = await start();
    const { json } = await chat(ask('one two three', { max_tokens: 2 }));
    expect(json).toMatchObject({ choices: [{ message: { content: 'one two' }, finish_reason: 'length' }] });
  });

  it('hands every option to the engine, and none that was not given', async () => {
    const engine = createEchoEngine();
    const { chat } = await start({ engine });
    await chat(
      ask('a', {
        temperature: 0,
        top_p: 0.5,
        top_k: 3,
        repetition_penalty: 1.1,
        seed: 7,
        stop: 'x',
        max_completion_tokens: 9,
      }),
    );
    await chat(ask('a', { temperature: null, stop: ['x', 'y'] }));
    const messages = [{ role: 'user', text: 'a', images: [], videos: [], speech: [] }];
    expect(engine.requests).toEqual([
      {
        messages,
        temperature: 0,
        topP: 0.5,
        topK: 3,
        repetitionPenalty: 1.1,
        seed: 7,
        stop: ['x'],
        maxTokens: 9,
      },
      { messages, stop: ['x', 'y'] },
    ]);
  });

  it('maps roles and joins the text parts of a message', async () => {
    const engine = createEchoEngine();
    const { chat } = await start({ engine });
    const part = (text: string) => ({ type: 'text', text });
    await chat({
      model: 'x-llm-tiny',
      messages: [
        { role: 'developer', content: 'be brief' },
        { role: 'user', content: [part('a'), part('b')] },
        { role: 'assistant', content: [part('c')] },
        { role: 'user', content: 'd' },
      ],
    });
    expect(engine.requests[0]?.messages.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'be brief'],
      ['user', 'a\nb'],
      ['assistant', 'c'],
      ['user', 'd'],
    ]);
  });

  it('makes one turn of messages of one role in a row, with their media in order', async () => {
    const engine = createEchoEngine();
    const { chat } = await start({ engine });
    const { status } = await chat({
      model: 'x-llm-tiny',
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'developer', content: 'be kind' },
        { role: 'user', content: [picture(dataUrl(await solid('png')))] },
        { role: 'user', content: 'What is this?' },
        { role: 'assistant', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
    });
    expect(status).toBe(200);
    expect(engine.requests[0]?.messages.map(({ role, text, images }) => [role, text, images.length])).toEqual(
      [
        ['system', 'be brief\nbe kind', 0],
        ['user', 'What is this?', 1],
        ['assistant', 'a\nb', 0],
        ['user', 'c', 0],
      ],
    );
  });

  it.each([
    ['an answer first', ['assistant', 'user'], 0, /user has the first word/],
    ['an answer after the system', ['system', 'assistant', 'user'], 1, /user has the first word/],
    ['an answer last', ['user', 'user', 'assistant'], 2, /user has the last word/],
    ['no question', ['system', 'developer'], 1, /user has the last word/],
    ['a system message behind others', ['user', 'user', 'system', 'user'], 2, /come before all others/],
  ])('refuses %s, by the message that is out of order', async (_, roles, at, message) => {
    const { chat } = await start();
    const { status, json } = await chat({
      model: 'x-llm-tiny',
      messages: roles.map((role) => ({ role, content: 'a' })),
    });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: {
        code: 'invalid_value',
        param: `messages[${at}].role`,
        message: expect.stringMatching(message),
      },
    });
  });
});

describe('streams', () => {
  it('sends role, text, one finish reason, usage, [DONE]', async () => {
    const { chat } = await start();
    const { body, headers } = await chat(
      ask('one two', { stream: true, stream_options: { include_usage: true } }),
    );
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    if (!('events' in body)) throw new Error('not a stream');
    expect(body.done).toBe(true);
    const events = body.events as ChatCompletionChunk[];
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(
      events.map(({ choices: [choice], usage }) => [choice?.delta, choice?.finish_reason, usage]),
    ).toEqual([
      [{ role: 'assistant', content: '', refusal: null }, null, null],
      [{ content: 'one' }, null, null],
      [{ content: ' two' }, null, null],
      [{}, 'stop', null],
      [
        undefined,
        undefined,
        expect.objectContaining({ prompt_tokens: 2, completion_tokens: 2, total_tokens: 4 }),
      ],
    ]);
  });

  it('has no usage unless asked', async () => {
    const { chat } = await start();
    const { body } = await chat(ask('one', { stream: true }));
    if (!('events' in body)) throw new Error('not a stream');
    expect(body.events.every((event) => !Object.hasOwn(event as object, 'usage'))).toBe(true);
  });

  it('sends headers at once and comments while it waits', async () => {
    const { url } = await start({
      engine: createEchoEngine({ startMs: 600 }),
      limits: { pingMs: 100, headersWithinMs: 50 },
    });
    const started = performance.now();
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask('one', { stream: true })),
    });
    expect(performance.now() - started).toBeLessThan(400);
    const text = await response.text();
    expect(text.split(': ping\n\n').length - 1).toBeGreaterThanOrEqual(3);
    expect(text).toMatch(/^(: ping\n\n)+data: \{/);
  });

  it('refuses with a status while it can', async () => {
    const { chat } = await start();
    const { status, json } = await chat(ask('w '.repeat(100), { stream: true }));
    expect({ status, json }).toMatchObject({
      status: 400,
      json: {
        error: {
          code: 'context_length_exceeded',
          param: 'messages',
          message: expect.stringContaining('100 tokens'),
        },
      },
    });
  });

  it.each([
    ['!overload', 'overloaded'],
    ['!crash', 'internal_error'],
  ])('tells a failure midway (%s), without internals', async (word, code) => {
    const { chat, lines } = await start();
    const { status, body } = await chat(ask(`one ${word} two`, { stream: true }));
    if (!('events' in body)) throw new Error('not a stream');
    expect(status).toBe(200);
    expect(body.done).toBe(false);
    expect(body.events).toHaveLength(3);
    expect(body.events.at(-1)).toMatchObject({ error: { code } });
    expect(JSON.stringify(body.events)).not.toContain('secret');
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({ code });
  });

  it('stops after generationTimeoutMs', async () => {
    const { chat } = await start({ limits: { generationTimeoutMs: 150 } });
    const { body } = await chat(ask('one !wait', { stream: true }));
    if (!('events' in body)) throw new Error('not a stream');
    expect(body.events.at(-1)).toMatchObject({ error: { code: 'generation_timeout' } });
    expect(await chat(ask('one !wait'))).toMatchObject({
      status: 504,
      json: { error: { code: 'generation_timeout' } },
    });
  });
});

describe('a client that leaves', () => {
  it.each([true, false])('frees its slot within 250 ms (stream: %s)', async (stream) => {
    const engine = createEchoEngine();
    const { url, lines, call } = await start({ engine });
    const controller = new AbortController();
    const response = fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask('one !wait', { stream })),
      signal: controller.signal,
    });
    response.catch(() => undefined);
    await waitFor(() => engine.stats().active === 1);
    if (stream) await (await response).body?.getReader().read();
    controller.abort();
    expect(await waitFor(() => engine.stats().active === 0)).toBeLessThan(250);
    await waitFor(() => lines.some(({ status }) => status === 499));
    const { body } = await call('getMetrics', '/metrics');
    expect('text' in body && body.text).toContain('xllm_generations_aborted_total 1');
  });

  it('leaves the queue', async () => {
    const engine = createEchoEngine({ slots: 1 });
    const { chat } = await start({ engine });
    const [first, second] = [new AbortController(), new AbortController()];
    const holding = chat(ask('!wait'), { signal: first.signal });
    await waitFor(() => engine.stats().active === 1);
    const waiting = chat(ask('hi', { stream: true }), { signal: second.signal });
    await waitFor(() => engine.stats().queued === 1);
    for (const answer of [holding, waiting]) answer.catch(() => undefined);
    second.abort();
    await waitFor(() => engine.stats().queued === 0);
    first.abort();
    await expect(holding).rejects.toThrow();
    await expect(waiting).rejects.toThrow();
    await waitFor(() => engine.stats().active === 0);
  });

  it('that takes nothing is dropped', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => told.mockRestore());
    const engine = createEchoEngine({ contextLength: 1e9 });
    const { port } = await start({ engine, limits: { stalledClientMs: 100 } });
    // Far more than all buffers between here and there hold.
    const body = JSON.stringify(ask(`${'x'.repeat(200_000)} `.repeat(80), { stream: true }));
    const agent = new Agent();
    const request = httpRequest({
      port,
      agent,
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { 'content-type': 'application/json' },
    });
    request.on('error', () => undefined);
    request.on('response', (response) => {
      response.on('error', () => undefined);
      response.pause();
    });
    request.end(body);
    await waitFor(() => engine.stats().active === 1);
    await waitFor(() => engine.stats().active === 0, 5000);
    agent.destroy();
  });
});

describe('pictures', () => {
  let backend: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    backend = await launch();
  });
  afterAll(() => backend.running.close());

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('sees a %s', async (format) => {
    const { chat } = backend;
    const { json } = await chat(ask([picture(dataUrl(await solid(format), `image/${format}`))]));
    const [, r, g, b] = /rgb\((\d+),(\d+),(\d+)\)/.exec(JSON.stringify(json)) ?? [];
    expect(Number(r)).toBeGreaterThan(250);
    expect(Number(g) + Number(b)).toBeLessThan(6);
  });

  it('goes by the bytes, not by the declared type', async () => {
    const { chat } = backend;
    expect(await chat(ask([picture(dataUrl(await solid('jpeg'), 'image/png'))]))).toMatchObject({
      status: 200,
    });
  });

  it.each<[string, () => string | Promise<string>, string]>([
    [
      'not a picture',
      () => dataUrl(Buffer.from('hello, world')),
      'unsupported_image_media_type|invalid_image',
    ],
    [
      'a truncated JPEG',
      async () => dataUrl((await solid('jpeg')).subarray(0, 200), 'image/jpeg'),
      'image_parse_error|invalid_image',
    ],
    ['60 000 × 60 000', async () => dataUrl(claim(await solid('png'), 60_000)), 'image_too_large'],
    ['broken base64', () => 'data:image/png;base64,@@@@', 'invalid_base64_image'],
    ['an empty one', () => 'data:image/png;base64,', 'empty_image_file'],
    ['a remote address', () => 'https://example.com/cat.png', 'unsupported_image_url'],
    ['an attachment without multipart', () => 'attachment:a', 'invalid_image_url'],
  ])('refuses %s', async (_name, url, code) => {
    const { chat } = backend;
    const { status, json } = await chat(ask([picture(await url())]));
    expect({ status, json }).toMatchObject({
      status: 400,
      json: {
        error: { code: expect.stringMatching(`^(${code})$`), param: 'messages[0].content[0].image_url.url' },
      },
    });
  });
});

it('refuses pictures for a model that sees none', async () => {
  const { chat, call } = await start({ engine: createEchoEngine({ imageSize: 0, videoFrames: 0 }) });
  expect(await chat(ask([picture(dataUrl(await solid('png')))]))).toMatchObject({
    status: 400,
    json: { error: { code: 'unsupported_content_part', param: 'messages[0].content[0].image_url.url' } },
  });
  expect((await call('retrieveModel', '/v1/models/x-llm-tiny')).json).toMatchObject({
    input_modalities: ['text', 'audio'],
  });
});

/** A PNG whose header claims `side` × `side`. */
function claim(png: Buffer, side: number): Buffer {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(side, 16);
  copy.writeUInt32BE(side, 20);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return copy;
}
