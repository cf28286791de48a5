import { errorTable, Problem } from '@x-llm/contract';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  APIConnectionError,
  APIError,
  APITimeoutError,
  APIUserAbortError,
  BadRequestError,
  type ChatCompletion,
  type ChatCompletionStream,
  InternalServerError,
  NotFoundError,
  RateLimitError,
  XLLM,
  XLLMError,
} from './index.ts';
import { type Answer, completion, sendJson, serve } from './testing/server.ts';
import { retryAfterMs } from './transport.ts';

const request = { model: 'x-llm-tiny', messages: [{ role: 'user' as const, content: 'hi' }] };

async function connect(answer: Answer, options = {}) {
  const { baseURL, requests } = await serve(answer);
  return { client: new XLLM({ apiKey: 'key', baseURL, maxRetries: 0, ...options }), requests };
}

const thrown = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('did not throw'),
    (error: unknown) => error,
  );

describe('requests', () => {
  it('asks and gets the answer', async () => {
    const { client, requests } = await connect((response) => sendJson(response, 200, completion('a fox')));
    const answer = await client.chat.completions.create(request);
    expect(answer.choices[0]?.message.content).toBe('a fox');
    expect(requests).toMatchObject([
      { method: 'POST', url: '/v1/chat/completions', headers: { authorization: 'Bearer key' } },
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(request);
  });

  it('types the answer by `stream`', () => {
    const { completions } = new XLLM({ apiKey: 'key' }).chat;
    type Create = typeof completions.create;
    expectTypeOf<Create>().toBeCallableWith(request);
    const calls = (create: Create, flag: boolean) => ({
      plain: create(request),
      streamed: create({ ...request, stream: true }),
      either: create({ ...request, stream: flag }),
    });
    expectTypeOf<ReturnType<typeof calls>>().toEqualTypeOf<{
      plain: Promise<ChatCompletion>;
      streamed: Promise<ChatCompletionStream>;
      either: Promise<ChatCompletion | ChatCompletionStream>;
    }>();
    // @ts-expect-error only what the server supports compiles
    expectTypeOf<Create>().toBeCallableWith({ ...request, n: 2 });
  });

  it('lists and retrieves models, escaping the id', async () => {
    const { client, requests } = await connect((response) =>
      sendJson(response, 200, { object: 'list', data: [] }),
    );
    expect(await client.models.list()).toEqual({ object: 'list', data: [] });
    await client.models.retrieve('a/b c');
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/models',
      'GET /v1/models/a%2Fb%20c',
    ]);
  });

  it('takes key and address from the environment, and says when there is no key', () => {
    vi.stubEnv('XLLM_API_KEY', '');
    expect(() => new XLLM()).toThrow(/XLLM_API_KEY/);
    vi.stubEnv('XLLM_API_KEY', 'from-env');
    vi.stubEnv('XLLM_BASE_URL', 'http://there/v1/');
    expect(new XLLM().baseURL).toBe('http://there/v1');
    vi.unstubAllEnvs();
  });

  it('sends no key when told null, and sends extra headers', async () => {
    const { client, requests } = await connect((response) => sendJson(response, 200, {}), { apiKey: null });
    await client.models.list({ headers: { 'x-request-id': 'mine' } });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
    expect(requests[0]?.headers).toMatchObject({ 'x-request-id': 'mine' });
  });
});

describe('errors', () => {
  it.each(Object.keys(errorTable) as (keyof typeof errorTable)[])('%s has its class', async (code) => {
    const problem = new Problem(code, { param: 'messages' });
    const { client } = await connect((response) =>
      sendJson(response, problem.status, problem, problem.headers()),
    );
    const error = await thrown(client.chat.completions.create(request));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({
      status: problem.status,
      code,
      param: 'messages',
      requestId: 'req_7',
      message: problem.message,
    });
    expect((error as APIError).constructor).not.toBe(APIError);
  });

  it('copes with what is not our envelope', async () => {
    const { client } = await connect((response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<h1>Bad gateway</h1>');
    });
    const error = await thrown(client.models.list());
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: 502, code: null, requestId: null, message: '502 Bad Gateway' });
  });

  it('names its classes', async () => {
    const { client } = await connect((response) => sendJson(response, 404, new Problem('model_not_found')));
    const error = await thrown(client.models.retrieve('x'));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ name: 'NotFoundError' });
  });

  it('tells a server that is not there', async () => {
    const client = new XLLM({ apiKey: 'key', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 0 });
    const error = await thrown(client.models.list());
    expect(error).toBeInstanceOf(APIConnectionError);
    expect((error as Error).message).toContain('http://127.0.0.1:9/v1');
  });

  it('tells a server that is not ours', async () => {
    const { client } = await connect((response) => {
      response.end('<html>');
    });
    expect(await thrown(client.models.list())).toBeInstanceOf(APIConnectionError);
  });

  it('gives up after timeoutMs', async () => {
    const { client } = await connect(() => {}, { timeoutMs: 50 });
    expect(await thrown(client.models.list())).toBeInstanceOf(APITimeoutError);
  });

  it('is aborted by the signal', async () => {
    const controller = new AbortController();
    const { client, requests } = await connect(() => controller.abort(), { maxRetries: 2 });
    const error = await thrown(client.chat.completions.create(request, { signal: controller.signal }));
    expect(error).toBeInstanceOf(APIUserAbortError);
    expect(error).toBeInstanceOf(XLLMError);
    expect(requests).toHaveLength(1);
  });
});

describe('retries', () => {
  const flaky =
    (failures: number, status: number, headers: Record<string, string>): Answer =>
    (response, _seen, attempt) =>
      attempt <= failures
        ? sendJson(response, status, new Problem('overloaded'), headers)
        : sendJson(response, 200, completion('ok'));

  it.each([408, 409, 429, 500, 503])('tries %d again, with the same body', async (status) => {
    const { client, requests } = await connect(flaky(2, status, { 'retry-after-ms': '1' }), {
      maxRetries: 2,
    });
    expect((await client.chat.completions.create(request)).choices[0]?.message.content).toBe('ok');
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([request, request, request]);
  });

  it('stops after maxRetries with the last error', async () => {
    const { client, requests } = await connect(flaky(9, 429, { 'retry-after-ms': '1' }), { maxRetries: 1 });
    expect(await thrown(client.chat.completions.create(request))).toBeInstanceOf(RateLimitError);
    expect(requests).toHaveLength(2);
  });

  it('does not repeat what is wrong', async () => {
    const { client, requests } = await connect(flaky(1, 400, {}), { maxRetries: 2 });
    expect(await thrown(client.chat.completions.create(request))).toBeInstanceOf(BadRequestError);
    expect(requests).toHaveLength(1);
  });

  it('obeys x-should-retry both ways', async () => {
    const no = await connect(flaky(1, 503, { 'x-should-retry': 'false' }), { maxRetries: 2 });
    expect(await thrown(no.client.chat.completions.create(request))).toBeInstanceOf(InternalServerError);
    expect(no.requests).toHaveLength(1);
    const yes = await connect(flaky(1, 400, { 'x-should-retry': 'true', 'retry-after-ms': '1' }), {
      maxRetries: 2,
    });
    await yes.client.chat.completions.create(request);
    expect(yes.requests).toHaveLength(2);
  });

  it('waits as long as the server says', async () => {
    const { client } = await connect(flaky(1, 429, { 'retry-after-ms': '300' }), { maxRetries: 1 });
    const start = performance.now();
    await client.chat.completions.create(request);
    expect(performance.now() - start).toBeGreaterThan(280);
  });

  it('connects again after a lost connection', async () => {
    const { client } = await connect(
      (response, _seen, attempt) => {
        if (attempt === 1) response.destroy();
        else sendJson(response, 200, completion('ok'));
      },
      { maxRetries: 1 },
    );
    expect((await client.chat.completions.create(request)).choices[0]?.message.content).toBe('ok');
  });

  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '2', 'retry-after-ms': '150' }, 150],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, 4000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '3600' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
  ])('%j → %s ms', (headers, ms) => {
    expect(retryAfterMs(new Headers(headers), 1000)).toBe(ms);
  });
});
