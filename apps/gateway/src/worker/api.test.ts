import { env, exports } from 'cloudflare:workers';
import type { OperationId } from '@x-llm/contract';
import { expectContract } from '@x-llm/contract/testing';
import { describe, expect, inject, it } from 'vitest';
import { createApp } from './app.ts';
import type { Env } from './env.ts';

const auth = { authorization: 'Bearer edge-key' };
const golden = inject('golden');
const dataUrl = (path: string, type = 'image/png') => `data:${type};base64,${golden[path] ?? ''}`;
const send = (path: string, init: RequestInit = {}) => exports.default.fetch(`http://gateway${path}`, init);

function chat(body: unknown, headers: Record<string, string> = auth): Promise<Response> {
  return send('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const ask = (url: string, text = 'hi') => ({
  model: 'x-llm-tiny',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text },
        { type: 'image_url', image_url: { url } },
      ],
    },
  ],
});

/** Status and code of an error that keeps the contract. */
async function failure(id: OperationId, response: Response): Promise<[number, unknown, unknown]> {
  const body = await expectContract(id, response);
  const { error } = ('json' in body ? body.json : {}) as { error: { code: unknown; param: unknown } };
  return [response.status, error.code, error.param];
}

describe('answers', () => {
  it.each([
    ['getHealth', '/healthz', {}],
    ['getReadiness', '/readyz', {}],
    ['listModels', '/v1/models', auth],
    ['retrieveModel', '/v1/models/x-llm-tiny', auth],
    ['getMetrics', '/metrics', auth],
  ] as const)('%s', async (id, path, headers) => {
    const response = await send(path, { headers });
    expect(response.status).toBe(200);
    await expectContract(id, response);
  });

  it('createChatCompletion', async () => {
    const response = await chat({ model: 'x-llm-tiny', messages: [{ role: 'user', content: 'hello' }] });
    const body = await expectContract('createChatCompletion', response);
    expect(body).toMatchObject({ json: { choices: [{ message: { content: 'hello' } }] } });
  });

  it('createChatCompletion, streamed piece by piece', async () => {
    const response = await chat({
      model: 'x-llm-tiny',
      stream: true,
      messages: [{ role: 'user', content: 'three' }],
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const copy = response.clone();
    const arrivals: number[] = [];
    for await (const _ of response.body ?? []) arrivals.push(performance.now());
    expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(150);
    const body = await expectContract('createChatCompletion', copy);
    expect(body).toMatchObject({ done: true, events: { length: 4 } });
  });

  it('keeps the request id that it was given and makes one otherwise', async () => {
    const given = await send('/healthz', { headers: { 'x-request-id': 'abc-123' } });
    expect(given.headers.get('x-request-id')).toBe('abc-123');
    const unfit = await send('/healthz', { headers: { 'x-request-id': 'a b'.repeat(100) } });
    expect(unfit.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
  });

  it('lets pages from anywhere call', async () => {
    const preflight = await send('/v1/chat/completions', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const refused = await send('/v1/models', { headers: { origin: 'https://example.com' } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('keys', () => {
  it.each([
    ['missing', {}],
    ['wrong', { authorization: 'Bearer wrong' }],
    ['longer than ours', { authorization: 'Bearer edge-key2' }],
    ['a prefix of ours', { authorization: 'Bearer edge' }],
    ['not Bearer', { authorization: 'Basic edge-key' }],
    ['empty', { authorization: 'Bearer ' }],
  ])('%s', async (_, headers) => {
    for (const [id, path] of [
      ['listModels', '/v1/models'],
      ['getMetrics', '/metrics'],
    ] as const) {
      const response = await send(path, { headers: headers as Record<string, string> });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await failure(id, response)).toEqual([401, 'invalid_api_key', null]);
    }
  });

  it('are asked for before anything is said about an address', async () => {
    expect((await send('/v1/nothing')).status).toBe(401);
    expect((await send('/v1/nothing', { headers: auth })).status).toBe(404);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing at the address', '/nothing', { method: 'GET' }, 404, 'not_found', null],
    ['the wrong method', '/v1/chat/completions', { method: 'GET' }, 405, 'method_not_allowed', null],
    ['a model that does not exist', '/v1/models/none', { method: 'GET' }, 404, 'model_not_found', 'model'],
  ])('%s', async (_, path, init, status, code, param) => {
    const response = await send(path, { ...init, headers: auth });
    expect(await failure('retrieveModel', response)).toEqual([status, code, param]);
    expect(response.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
  });

  const user = (content: unknown) => ({ model: 'x-llm-tiny', messages: [{ role: 'user', content }] });
  const png = dataUrl('images/rgb.png');
  const url = 'messages[0].content[1].image_url.url';
  it.each([
    ['not JSON', '{"model":', 400, 'invalid_json', null],
    ['not an object', '[]', 400, 'invalid_type', null],
    ['no model', { messages: [{ role: 'user', content: 'x' }] }, 400, 'missing_required_parameter', 'model'],
    ['empty messages', { model: 'x-llm-tiny', messages: [] }, 400, 'empty_array', 'messages'],
    ['a wrong type', { ...user('x'), temperature: 'hot' }, 400, 'invalid_type', 'temperature'],
    ['a value out of range', { ...user('x'), top_p: 7 }, 400, 'invalid_value', 'top_p'],
    ['an unknown model', { ...user('x'), model: 'gpt-9' }, 404, 'model_not_found', 'model'],
    ['an unknown model and a picture', { ...ask(png), model: 'gpt-9' }, 404, 'model_not_found', 'model'],
    ['a remote picture', ask('https://example.com/cat.png'), 400, 'unsupported_image_url', url],
    ['a file', ask('file:///etc/passwd'), 400, 'invalid_image_url', url],
    ['an inner address', ask('attachment:image-0'), 400, 'invalid_image_url', url],
    ['bad base64', ask('data:image/png;base64,@@@'), 400, 'invalid_base64_image', url],
    ['not a picture', ask(dataUrl('broken/text.jpg', 'image/jpeg')), 400, 'invalid_image', url],
    ['an empty picture', ask('data:image/png;base64,'), 400, 'empty_image_file', url],
    ['a truncated JPEG', ask(dataUrl('broken/truncated.jpg', 'image/jpeg')), 400, 'image_parse_error', url],
    ['a truncated PNG', ask(dataUrl('broken/truncated.png')), 400, 'image_parse_error', url],
    ['a header that lies', ask(dataUrl('broken/lying_header.png')), 400, 'image_parse_error', url],
    ['a bomb', ask(dataUrl('broken/bomb_60000x60000.png')), 400, 'image_too_large', url],
    ['an SVG', ask(dataUrl('broken/vector.png')), 400, 'unsupported_image_media_type', url],
  ] as const)('%s', async (_, body, status, code, param) => {
    expect(await failure('createChatCompletion', await chat(body))).toEqual([status, code, param]);
  });

  it.each([undefined, 'text/plain', 'multipart/form-data; boundary=x'])('content type %s', async (type) => {
    const response = await send('/v1/chat/completions', {
      method: 'POST',
      headers: { ...auth, ...(type && { 'content-type': type }) },
      body: new TextEncoder().encode('{}'),
    });
    expect(await failure('createChatCompletion', response)).toEqual([415, 'unsupported_media_type', null]);
  });

  it('a body of 20 MB', async () => {
    const response = await chat(`{"model":"${'x'.repeat(20_000_000)}"}`);
    expect(await failure('createChatCompletion', response)).toEqual([413, 'request_too_large', null]);
    expect(response.headers.get('x-should-retry')).toBe('false');
  });

  it('a body of 20 MB that does not say its length', async () => {
    let left = 20;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array(1_000_000).fill(32));
        else controller.close();
      },
    });
    const response = await send('/v1/chat/completions', {
      method: 'POST',
      headers: { ...auth, 'content-type': 'application/json' },
      body,
    });
    expect(await failure('createChatCompletion', response)).toEqual([413, 'request_too_large', null]);
  });
});

describe('good pictures', () => {
  it.each([
    ['images/one_pixel.png', 'image/png'],
    ['images/animated.gif', 'image/gif'],
    ['images/exif_rotated.jpg', 'image/jpeg'],
    ['images/cmyk.jpg', 'image/jpeg'],
    ['images/lossless_alpha.webp', 'image/webp'],
    ['images/huge_aspect.png', 'image/png'],
  ])('%s', async (path, type) => {
    expect((await chat(ask(dataUrl(path, type)))).status).toBe(200);
  });
});

describe('a backend in trouble', () => {
  const through = (changes: Partial<Env>, path: string, init: RequestInit = {}) =>
    createApp().fetch(new Request(`http://gateway${path}`, { headers: auth, ...init }), {
      ...env,
      ...changes,
    } as Env);

  it('that is down is a 503 to retry', async () => {
    for (const [id, path] of [
      ['getReadiness', '/readyz'],
      ['listModels', '/v1/models'],
    ] as const) {
      const response = await through({ BACKEND_URL: 'http://127.0.0.1:9' }, path);
      expect(response.headers.get('retry-after')).toBe('2');
      expect(await failure(id, response)).toEqual([503, 'backend_unavailable', null]);
    }
  });

  it('that does not know our secret is our fault', async () => {
    const response = await through({ BACKEND_SECRET: 'other' }, '/v1/models');
    expect(await failure('listModels', response)).toEqual([502, 'backend_error', null]);
  });

  it.each(['html', 'redirect'])('that answers with %s is our fault', async (how) => {
    const response = await chat({ model: 'x-llm-tiny', messages: [{ role: 'user', content: how }] });
    expect(await failure('createChatCompletion', response)).toEqual([502, 'backend_error', null]);
  });

  it('that is full says when to come back', async () => {
    const response = await chat({ model: 'x-llm-tiny', messages: [{ role: 'user', content: 'overloaded' }] });
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await failure('createChatCompletion', response)).toEqual([429, 'overloaded', null]);
  });

  it.each([
    ['XLLM_API_KEY', ''],
    ['BACKEND_SECRET', ''],
    ['XLLM_IMAGE_SIZE', 'big'],
  ])('nobody is served when %s is %j', async (name, value) => {
    const response = await through({ [name]: value }, '/v1/models');
    expect(await failure('listModels', response)).toEqual([500, 'internal_error', null]);
  });
});
