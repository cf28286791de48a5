import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, type Stack, startStack } from './stack.ts';

// Everything a user sends is hostile: through the whole system it gets a clear 4xx with a stable code, or an answer.

const files = join(root, 'tests/parity/golden/frontend-image');
const dataUrl = (path: string, type = 'image/png') =>
  `data:${type};base64,${readFileSync(join(files, path)).toString('base64')}`;
const ask = (url: string) => [
  {
    role: 'user',
    content: [
      { type: 'image_url', image_url: { url } },
      { type: 'text', text: 'What is this?' },
    ],
  },
];
const hello = [{ role: 'user', content: 'hello' }];
const show = (part: object) => [{ role: 'user', content: [part] }];
const sound = (data: string, format = 'wav') => show({ type: 'input_audio', input_audio: { data, format } });

describe('bad input, through gateway, backend and engine', { timeout: 60_000 }, () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => {
    stack?.process.kill('SIGTERM');
  });

  const post = (body: unknown, init: { key?: string | undefined; signal?: AbortSignal } = {}) =>
    fetch(`${stack.address}v1/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...('key' in init
          ? init.key && { authorization: `Bearer ${init.key}` }
          : { authorization: `Bearer ${stack.key}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(init.signal ? { signal: init.signal } : {}),
    });
  const request = (fields: object) => ({ model: 'x-llm-tiny', max_tokens: 4, ...fields });

  test.each<[string, () => unknown, number, string]>([
    ['not a picture', () => ask(dataUrl('broken/text.jpg', 'image/jpeg')), 400, 'invalid_image'],
    ['a truncated JPEG', () => ask(dataUrl('broken/truncated.jpg', 'image/jpeg')), 400, 'image_parse_error'],
    [
      'a PNG that claims 60 000 × 60 000',
      () => ask(dataUrl('broken/bomb_60000x60000.png')),
      400,
      'image_too_large',
    ],
    ['an empty picture', () => ask('data:image/png;base64,'), 400, 'empty_image_file'],
    ['base64 that is none', () => ask('data:image/png;base64,%%%'), 400, 'invalid_base64_image'],
    ['a remote URL', () => ask('https://example.com/cat.png'), 400, 'unsupported_image_url'],
    ['a sound in base64 that is none', () => sound('%%%'), 400, 'invalid_base64_audio'],
    ['an empty sound', () => sound(''), 400, 'empty_audio_file'],
    ['a sound of no known format', () => sound('AAAA', 'midi'), 400, 'unsupported_audio_format'],
    [
      'a remote video',
      () => show({ type: 'video_url', video_url: { url: 'http://127.0.0.1/a.mp4' } }),
      400,
      'unsupported_video_url',
    ],
    ['no messages', () => [], 400, 'empty_array'],
    ['messages of the wrong type', () => 'hello', 400, 'invalid_type'],
  ])('%s', async (_, messages, status, code) => {
    const response = await post(request({ messages: messages() }));
    const body = (await response.json()) as { error: Record<string, unknown> };
    expect({ status: response.status, code: body.error['code'] }).toEqual({ status, code });
    expect(Object.keys(body.error).sort()).toEqual(['code', 'message', 'param', 'type']);
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });

  test.each([
    ['one pixel', 'images/one_pixel.png', 'image/png'],
    ['an animated GIF', 'images/animated.gif', 'image/gif'],
    ['an EXIF-rotated JPEG', 'images/exif_rotated.jpg', 'image/jpeg'],
    ['a CMYK JPEG', 'images/cmyk.jpg', 'image/jpeg'],
    ['a lossy WebP', 'images/lossy.webp', 'image/webp'],
  ])('%s is answered', async (_, path, type) => {
    const response = await post(request({ messages: ask(dataUrl(path, type)) }));
    expect(response.status).toBe(200);
    const { usage } = (await response.json()) as {
      usage: { prompt_tokens_details: { image_tokens: number } };
    };
    expect(usage.prompt_tokens_details.image_tokens).toBeGreaterThan(0);
  });

  test.each<[string, string | undefined]>([
    ['no key', undefined],
    ['a wrong key', 'sk-wrong'],
  ])('%s', async (_, key) => {
    const response = await post(request({ messages: hello }), { key });
    expect(response.status).toBe(401);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('invalid_api_key');
  });

  test('an unknown model', async () => {
    const response = await post({ model: 'gpt-4', messages: hello });
    expect(response.status).toBe(404);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('model_not_found');
  });

  test('a body of 20 MB', async () => {
    const response = await post(request({ messages: [{ role: 'user', content: 'x'.repeat(20_000_000) }] }));
    expect(response.status).toBe(413);
  });

  test('a prompt longer than the context', async () => {
    const response = await post(
      request({ messages: [{ role: 'user', content: 'the cat and the dog '.repeat(500) }] }),
    );
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe(
      'context_length_exceeded',
    );
  });

  test('a client that leaves in the middle of an answer frees its slot within 250 ms', async () => {
    const active = async (): Promise<number> => {
      const response = await fetch(`${stack.address}metrics`, {
        headers: { authorization: `Bearer ${stack.key}` },
      });
      return Number(/^xllm_requests_active (\d+)/m.exec(await response.text())?.[1]);
    };
    const leave = new AbortController();
    const response = await post(
      { model: 'x-llm-tiny', messages: hello, stream: true, max_tokens: 400, temperature: 2 },
      { signal: leave.signal },
    );
    await response.body?.getReader().read();
    leave.abort();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await active()).toBe(0);
  });
});
