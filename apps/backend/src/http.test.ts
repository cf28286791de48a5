import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeInnerRequest, preparedImageType, signatureHeader, signInner } from '@x-llm/contract/inner';
import { describe, expect, it } from 'vitest';
import { createEchoEngine } from './testing/echo-engine.ts';
import { ask, start, waitFor } from './testing/start.ts';

describe('operations', () => {
  it('describes the model', async () => {
    const { call } = await start();
    const model = {
      id: 'x-llm-tiny',
      object: 'model',
      created: 1_700_000_000,
      owned_by: 'x-llm',
      context_length: 64,
      image_size: 4,
      audio: { sample_rate: 16_000, max_seconds: 10 },
      video: { frames: 4, size: 4 },
      input_modalities: ['text', 'image', 'audio', 'video'],
    };
    expect(await call('listModels', '/v1/models')).toMatchObject({
      status: 200,
      json: { object: 'list', data: [model] },
    });
    expect((await call('retrieveModel', '/v1/models/x-llm-tiny')).json).toEqual(model);
    expect(await call('retrieveModel', '/v1/models/gpt')).toMatchObject({
      status: 404,
      json: { error: { code: 'model_not_found', param: 'model' } },
    });
  });

  it('is healthy before it is ready', async () => {
    const loading = Promise.withResolvers<ReturnType<typeof createEchoEngine>>();
    const { call, chat, lines } = await start({ engine: loading.promise });
    expect(await call('getHealth', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } });
    const refused = await call('getReadiness', '/readyz');
    expect(refused).toMatchObject({ status: 503, json: { error: { code: 'not_ready' } } });
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await chat(ask('hi'))).toMatchObject({ status: 503 });
    const info = 30; // pino's number
    const waited = lines.filter(({ status }) => status === 503);
    expect(waited).toMatchObject([
      { level: info, code: 'not_ready' },
      { level: info, code: 'not_ready' },
    ]);
    for (const line of waited) expect(line).not.toHaveProperty('err');
    loading.resolve(createEchoEngine());
    await loading.promise;
    expect(await call('getReadiness', '/readyz')).toMatchObject({
      status: 200,
      json: { status: 'ready', models: ['x-llm-tiny'] },
    });
  });

  it('measures', async () => {
    const { call, chat } = await start();
    await chat(ask('one two'));
    await chat(ask([]));
    const { body, headers } = await call('getMetrics', '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    const text = 'text' in body ? body.text : '';
    for (const line of [
      'xllm_http_requests_total{operation="createChatCompletion",status="200"} 1',
      'xllm_http_requests_total{operation="createChatCompletion",status="400"} 1',
      'xllm_tokens_total{kind="prompt_text"} 2',
      'xllm_tokens_total{kind="completion"} 2',
      'xllm_time_to_first_token_seconds_count 1',
      'xllm_requests_queued 0',
      'xllm_requests_queue_limit 2',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});

describe('refusals', () => {
  it.each<[string, unknown, number, string, string | null]>([
    ['unknown model', { ...ask('hi'), model: 'gpt' }, 404, 'model_not_found', 'model'],
    ['no messages', { model: 'x-llm-tiny', messages: [] }, 400, 'empty_array', 'messages'],
    ['wrong types', ask(7), 400, 'invalid_type', 'messages[0].content'],
    ['not JSON', '{', 400, 'invalid_json', null],
    ['nothing', '', 400, 'invalid_json', null],
    ['too long a prompt', ask('w '.repeat(65)), 400, 'context_length_exceeded', 'messages'],
    [
      'a file part',
      ask([{ type: 'file', file: {} }]),
      400,
      'unsupported_content_part',
      'messages[0].content[0].type',
    ],
    ['two answers', ask('hi', { n: 2 }), 400, 'unsupported_value', 'n'],
  ])('%s', async (_name, body, status, code, param) => {
    const { chat } = await start();
    expect(await chat(body)).toMatchObject({ status, json: { error: { code, param } } });
  });

  it.each([
    ['GET', '/v1/chat/completions', 405, 'method_not_allowed'],
    ['DELETE', '/v1/models', 405, 'method_not_allowed'],
    ['GET', '/v1/nothing', 404, 'not_found'],
    ['GET', '/', 404, 'not_found'],
  ])('%s %s → %d', async (method, path, status, code) => {
    const { call } = await start();
    const answer = await call('listModels', path, { method });
    expect(answer).toMatchObject({ status, json: { error: { code } } });
    if (status === 405) expect(answer.headers.get('allow')).toBe(path === '/v1/models' ? 'GET' : 'POST');
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type', {}],
    ['compressed JSON', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('does not take %s', async (_name, headers) => {
    const { call } = await start();
    const body = new TextEncoder().encode(JSON.stringify(ask('hi')));
    const answer = await call('createChatCompletion', '/v1/chat/completions', {
      method: 'POST',
      body,
      headers,
    });
    expect(answer).toMatchObject({ status: 415, json: { error: { code: 'unsupported_media_type' } } });
  });

  it.each(['declared', 'chunked'])('refuses a body of 20 MB (%s)', async (how) => {
    const { url, call } = await start();
    const text = JSON.stringify(ask('x'.repeat(20_000_000)));
    const body = how === 'declared' ? text : new Blob([text]).stream();
    const answer = await call('createChatCompletion', '/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer).toMatchObject({ status: 413, json: { error: { code: 'request_too_large' } } });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('never shows internals', async () => {
    const { chat, lines } = await start();
    const { status, json, headers } = await chat(ask('!crash'), { headers: { 'x-request-id': 'mine-1' } });
    expect(status).toBe(500);
    expect(JSON.stringify(json)).not.toMatch(/secret|srv/);
    expect(headers.get('x-request-id')).toBe('mine-1');
    const line = lines.find(({ msg }) => msg === 'request');
    expect(line).toMatchObject({ requestId: 'mine-1', status: 500, code: 'internal_error' });
    expect(JSON.stringify(line)).toContain('secret internals');
  });

  it('logs counts, never what was asked', async () => {
    const { chat, lines } = await start();
    await chat(ask('a very private question', { user: 'u-1' }));
    expect(JSON.stringify(lines)).not.toContain('private');
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
      operation: 'createChatCompletion',
      status: 200,
      promptTokens: 4,
      completionTokens: 4,
      finishReason: 'stop',
      user: 'u-1',
    });
  });
});

describe('load', () => {
  it('refuses what does not fit into the queue, at once, and says when to come back', async () => {
    const engine = createEchoEngine({ slots: 1, maxQueued: 1 });
    const { chat } = await start({ engine });
    const leave = new AbortController();
    const held = [chat(ask('!wait'), { signal: leave.signal })];
    await waitFor(() => engine.stats().active === 1);
    held.push(chat(ask('!wait', { stream: true }), { signal: leave.signal }));
    await waitFor(() => engine.stats().queued === 1);
    for (const stream of [true, false]) {
      const { status, json, headers } = await chat(ask('hi', { stream }));
      expect({ status, json }).toMatchObject({
        status: 429,
        json: { error: { code: 'overloaded', type: 'rate_limit_error' } },
      });
      expect(headers.get('retry-after')).toBe('1');
    }
    leave.abort();
    await Promise.allSettled(held);
    await waitFor(() => engine.stats().active === 0);
    expect(await chat(ask('hi'))).toMatchObject({ status: 200 });
  });

  it('bounds the bytes held for waiting requests', async () => {
    const { chat } = await start({ limits: { bufferedBytes: 1000 } });
    expect(await chat(ask('x'.repeat(1000)))).toMatchObject({ status: 429 });
    expect(await chat(ask('x'))).toMatchObject({ status: 200 });
  });

  it('gives a place back after every refusal', async () => {
    const { chat } = await start({ engine: createEchoEngine({ maxQueued: 1 }) });
    for (let i = 0; i < 5; i++) expect(await chat('{')).toMatchObject({ status: 400 });
    expect(await chat(ask('x'))).toMatchObject({ status: 200 });
  });

  it('cuts a body that never comes, in our words', async () => {
    const { port } = await start({ limits: { requestTimeoutMs: 200 } });
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    );
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => pieces.push(piece));
    await once(socket, 'close');
    expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1.1 408 .*"code":"request_timeout"/s);
  });

  it('answers nonsense in our envelope', async () => {
    const { port } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [piece] = (await once(socket, 'data')) as [Buffer];
    expect(piece.toString()).toMatch(/^HTTP\/1.1 400 .*"code":"invalid_value"/s);
    socket.destroy();
  });
});

describe('drain', () => {
  it('ends what runs, refuses what comes, closes the engine', async () => {
    const engine = createEchoEngine({ stepMs: 50 });
    const { chat, call, running } = await start({ engine });
    const answer = chat(ask('one two three four five six', { stream: true }));
    await waitFor(() => engine.stats().active === 1);
    const closed = running.close();
    expect(await call('getReadiness', '/readyz')).toMatchObject({
      status: 503,
      json: { error: { code: 'draining' } },
    });
    expect(await chat(ask('hi'))).toMatchObject({ status: 503, json: { error: { code: 'draining' } } });
    const { body } = await answer;
    expect('events' in body && body.done).toBe(true);
    await closed;
    expect(engine.closed).toBe(true);
    await expect(call('getHealth', '/healthz')).rejects.toThrow();
  });

  it('stops what takes longer than drainMs, and says so', async () => {
    const engine = createEchoEngine();
    const { chat, running } = await start({ engine, limits: { drainMs: 100 } });
    const answer = chat(ask('one !wait', { stream: true }));
    await waitFor(() => engine.stats().active === 1);
    await running.close();
    const { body } = await answer;
    expect('events' in body && body.events.at(-1)).toMatchObject({ error: { code: 'draining' } });
  });
});

describe('who may ask', () => {
  it('asks for the key, except for health and metrics', async () => {
    const { call, chat } = await start({ apiKey: 'secret-key' });
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'secret-key' }]) {
      const answer = await chat(ask('hi'), { headers });
      expect(answer).toMatchObject({ status: 401, json: { error: { code: 'invalid_api_key' } } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await call('listModels', '/v1/models', { headers })).toMatchObject({ status: 401 });
    }
    const headers = { authorization: 'Bearer secret-key' };
    expect(await chat(ask('hi'), { headers })).toMatchObject({ status: 200 });
    expect(await call('listModels', '/v1/models', { headers })).toMatchObject({ status: 200 });
    for (const [id, path] of [
      ['getHealth', '/healthz'],
      ['getReadiness', '/readyz'],
      ['getMetrics', '/metrics'],
    ] as const) {
      expect(await call(id, path)).toMatchObject({ status: 200 });
    }
  });

  it('says 401 before it reads a large body', async () => {
    const { chat } = await start({ apiKey: 'secret-key' });
    expect(await chat(ask('x'.repeat(20_000_000)))).toMatchObject({ status: 401 });
  });

  const innerSecret = 'between-us';
  const rgb = new Uint8Array(4 * 4 * 3).fill(9);
  const inner = (attachments = [{ name: 'a', mediaType: preparedImageType(4, 4), bytes: rgb }], name = 'a') =>
    encodeInnerRequest(ask([{ type: 'image_url', image_url: { url: `attachment:${name}` } }]), attachments);
  const signed = async ({ contentType, body }: ReturnType<typeof inner>, secret = innerSecret) => {
    const path = '/v1/chat/completions';
    const signature = await signInner(secret, { method: 'POST', path, contentType, body });
    return { method: 'POST', headers: { 'content-type': contentType, [signatureHeader]: signature }, body };
  };

  it('takes the gateway’s signed multipart with prepared pixels', async () => {
    const { call } = await start({ innerSecret });
    const answer = await call('createChatCompletion', '/v1/chat/completions', await signed(inner()));
    expect(answer).toMatchObject({
      status: 200,
      json: { choices: [{ message: { content: 'rgb(9,9,9)' } }] },
    });
  });

  it('refuses unsigned, wrongly signed, changed and repeated requests', async () => {
    const { call, chat } = await start({ innerSecret });
    const send = (init: RequestInit) => call('createChatCompletion', '/v1/chat/completions', init);
    const refused = { status: 401, json: { error: { code: 'invalid_signature' } } };
    expect(await chat(ask('hi'))).toMatchObject(refused);
    expect(await send(await signed(inner(), 'guess'))).toMatchObject(refused);
    const good = await signed(inner());
    const changed = Uint8Array.from(good.body);
    changed[changed.length - 100] = 1;
    expect(createHash('md5').update(changed).digest()).not.toEqual(
      createHash('md5').update(good.body).digest(),
    );
    expect(await send({ ...good, body: changed })).toMatchObject(refused);
    expect(await send(good)).toMatchObject({ status: 200 });
    expect(await send(good)).toMatchObject(refused);
    expect(await call('listModels', '/v1/models')).toMatchObject(refused);
    const signature = await signInner(innerSecret, {
      method: 'GET',
      path: '/v1/models',
      contentType: '',
      body: new Uint8Array(),
    });
    expect(
      await call('listModels', '/v1/models', { headers: { [signatureHeader]: signature } }),
    ).toMatchObject({ status: 200 });
  });

  it.each<[string, ReturnType<typeof inner>, string]>([
    ['an attachment that is not there', inner(undefined, 'b'), 'invalid_image_url'],
    [
      'pixels of another size',
      inner([{ name: 'a', mediaType: preparedImageType(8, 8), bytes: new Uint8Array(192) }]),
      'invalid_image',
    ],
    [
      'too few pixels',
      inner([{ name: 'a', mediaType: preparedImageType(4, 4), bytes: new Uint8Array(3) }]),
      'invalid_image',
    ],
  ])('refuses %s', async (_name, request, code) => {
    const { call } = await start({ innerSecret });
    expect(await call('createChatCompletion', '/v1/chat/completions', await signed(request))).toMatchObject({
      status: 400,
      json: { error: { code, param: 'messages[0].content[0].image_url.url' } },
    });
  });

  it('takes either, when both are set', async () => {
    const { call, chat } = await start({ innerSecret, apiKey: 'secret-key' });
    expect(await chat(ask('hi'), { headers: { authorization: 'Bearer secret-key' } })).toMatchObject({
      status: 200,
    });
    expect(await call('createChatCompletion', '/v1/chat/completions', await signed(inner()))).toMatchObject({
      status: 200,
    });
    expect(await chat(ask('hi'))).toMatchObject({
      status: 401,
      json: { error: { code: 'invalid_api_key' } },
    });
  });
});
