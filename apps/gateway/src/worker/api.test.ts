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
    ['one of an organisation', '/v1/models/some/one', { method: 'GET' }, 404, 'model_not_found', 'model'],
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

  it('JSON of millions of brackets, without holding up others', async () => {
    const from = performance.now();
    const nested = '['.repeat(5_000_000) + ']'.repeat(5_000_000);
    const response = await chat(`{"model":"x-llm-tiny","messages":[],"x":${nested}}`);
    expect(await failure('createChatCompletion', response)).toEqual([400, 'invalid_json', null]);
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it('a compressed body', async () => {
    const response = await chat(user('x'), { ...auth, 'content-encoding': 'gzip' });
    expect(await failure('createChatCompletion', response)).toEqual([415, 'unsupported_media_type', null]);
  });

  it('bytes that are no UTF-8', async () => {
    const response = await send('/v1/chat/completions', {
      method: 'POST',
      headers: { ...auth, 'content-type': 'application/json' },
      body: Uint8Array.of(0x22, 0xff, 0x22),
    });
    expect(await failure('createChatCompletion', response)).toEqual([400, 'invalid_json', null]);
  });

  it('a body of 20 MB', async () => {
    const response = await chat(`{"model":"${'x'.repeat(20_000_000)}"}`);
    expect(await failure('createChatCompletion', response)).toEqual([413, 'request_too_large', null]);
    expect(response.headers.get('x-should-retry')).toBe('false');
  });

  it('more bodies than there is room for: some are answered, the others told to come back, and none is lost', async () => {
    // All are on their way before any of them ends.
    const count = 8;
    let arrived = 0;
    const gate = Promise.withResolvers<void>();
    const slow = (tag: number) => {
      const text = JSON.stringify({ ...user(`count ${tag} `), pad: ' '.repeat(11_000_000) });
      const bytes = new TextEncoder().encode(text);
      let sent = 0;
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (sent === bytes.length - 1) {
            if (++arrived === count) gate.resolve();
            await gate.promise;
            controller.enqueue(bytes.subarray(sent));
            return controller.close();
          }
          const until = Math.min(bytes.length - 1, sent + 1_000_000);
          controller.enqueue(bytes.subarray(sent, until));
          sent = until;
        },
      });
    };
    const statuses = await Promise.all(
      Array.from({ length: count }, async (_, tag) => {
        const response = await send('/v1/chat/completions', {
          method: 'POST',
          headers: { ...auth, 'content-type': 'application/json' },
          body: slow(tag),
        });
        if (response.status === 429) {
          expect(response.headers.get('retry-after')).toBe('1');
          expect(await failure('createChatCompletion', response)).toEqual([429, 'overloaded', null]);
          return 429;
        }
        await response.text();
        return response.status;
      }),
    );
    // Four of 11 MB are in 48 MB.
    expect(statuses.toSorted()).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
    expect((await chat(user('x'.repeat(1000)))).status).toBe(200);
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

/** A WAV file of 16 bits, mono. */
function wav(samples: number, rateHz = 16_000): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples));
  const text = (at: number, value: string) => {
    for (const [i, character] of [...value].entries()) view.setUint8(at + i, character.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, 2 * rateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples, true);
  return new Uint8Array(view.buffer);
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

describe('sound and video', () => {
  const show = (...content: object[]) => ({ model: 'x-llm-tiny', messages: [{ role: 'user', content }] });
  const sound = (data: string, format = 'wav') => ({ type: 'input_audio', input_audio: { data, format } });
  const at = (kind: string, url: string) => ({ type: `${kind}_url`, [`${kind}_url`]: { url } });
  const good = base64(wav(1000));

  it.each<[string, object]>([
    ['a WAV file', sound(good)],
    ['a WAV file by its address', at('audio', `data:audio/wav;base64,${good}`)],
    ['what only the backend reads', sound(base64(new TextEncoder().encode('ID3 and more')), 'mp3')],
    ['a video', at('video', 'data:video/mp4;base64,AAAA')],
    ['a video as input', { type: 'input_video', input_video: { data: 'AAAA', format: 'mp4' } }],
  ])('%s is taken', async (_, part) => {
    expect((await chat(show({ type: 'text', text: 'hi' }, part))).status).toBe(200);
  });

  it.each<[string, object, string, string]>([
    ['bad base64', sound('@@@'), 'invalid_base64_audio', 'input_audio.data'],
    ['nothing', sound(''), 'empty_audio_file', 'input_audio.data'],
    ['a header and no samples', sound(base64(wav(0))), 'empty_audio_file', 'input_audio.data'],
    [
      'a WAV file cut off in its header',
      sound(base64(wav(9).subarray(0, 30))),
      'audio_parse_error',
      'input_audio.data',
    ],
    ['an unknown format', sound(good, 'midi'), 'unsupported_audio_format', 'input_audio.format'],
    ['a remote sound', at('audio', 'https://example.com/a.wav'), 'unsupported_audio_url', 'audio_url.url'],
    ['an inner address', at('audio', 'attachment:audio-0'), 'invalid_audio_url', 'audio_url.url'],
    ['an inner address as data', sound('attachment:audio-0'), 'invalid_base64_audio', 'input_audio.data'],
    ['a remote video', at('video', 'http://169.254.169.254/'), 'unsupported_video_url', 'video_url.url'],
    [
      'a video of text',
      at('video', 'data:text/plain;base64,AAAA'),
      'unsupported_video_format',
      'video_url.url',
    ],
  ])('%s is refused', async (_, part, code, field) => {
    const response = await chat(show(part));
    expect(await failure('createChatCompletion', response)).toEqual([
      400,
      code,
      `messages[0].content[0].${field}`,
    ]);
  });
});

describe('transcriptions', () => {
  function transcribe(fields: Record<string, string | Blob>, headers: Record<string, string> = auth) {
    const body = new FormData();
    const all: Record<string, string | Blob> = {
      model: 'x-llm-tiny',
      file: new File([wav(1000)], 'a.wav', { type: 'audio/wav' }),
      ...fields,
    };
    for (const [name, value] of Object.entries(all)) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, value, 'a.wav');
    }
    return send('/v1/audio/transcriptions', { method: 'POST', headers, body });
  }

  it.each<[string, Record<string, string>, object]>([
    ['as JSON', {}, { json: { text: 'audio/l16;rate=16000 2000' } }],
    ['as text', { response_format: 'text' }, { text: 'audio/l16;rate=16000 2000\n' }],
    ['streamed', { stream: 'true' }, { done: true, events: [{ delta: 'audio/l16;rate=16000 2000' }, {}] }],
  ])('are passed on %s, with WAV made ready', async (_, fields, expected) => {
    const response = await transcribe(fields);
    expect(await expectContract('createTranscription', response)).toMatchObject(expected);
  });

  it.each<[string, Blob, string]>([
    ['44.1 kHz', new Blob([wav(4410, 44_100)]), 'audio/l16;rate=16000 3200'],
    ['no WAV', new Blob(['ID3 and more']), 'application/octet-stream 12'],
    [
      'more than a Worker should resample',
      new Blob([wav(1_500_000, 48_000)]),
      'application/octet-stream 3000044',
    ],
    [
      'what calls itself ready',
      new Blob(['x'], { type: 'audio/l16;rate=16000' }),
      'application/octet-stream 1',
    ],
  ])('of %s', async (_, file, text) => {
    expect(await (await transcribe({ file })).json()).toMatchObject({ text });
  });

  it.each<[string, Record<string, string | Blob>, number, string, string | null]>([
    ['a file that is text', { file: 'a.wav' }, 400, 'invalid_type', 'file'],
    ['a WAV file of no samples', { file: new Blob([wav(0)]) }, 400, 'empty_audio_file', 'file'],
    ['an unknown model', { model: 'whisper-1' }, 404, 'model_not_found', 'model'],
    ['an unknown format', { response_format: 'docx' }, 400, 'unsupported_value', 'response_format'],
    ['a full backend', { prompt: 'overloaded' }, 429, 'overloaded', null],
    ['20 MB', { file: new Blob([new Uint8Array(20_000_000)]) }, 413, 'request_too_large', null],
  ])('%s is refused', async (_, fields, status, code, param) => {
    const response = await transcribe(fields);
    expect(await failure('createTranscription', response)).toEqual([status, code, param]);
  });

  it('of strangers are refused, and translations of everybody', async () => {
    expect(await failure('createTranscription', await transcribe({}, {}))).toEqual([
      401,
      'invalid_api_key',
      null,
    ]);
    const translation = await send('/v1/audio/translations', {
      method: 'POST',
      headers: auth,
      body: new FormData(),
    });
    expect(translation.status).toBe(404);
    const json = await send('/v1/audio/transcriptions', {
      method: 'POST',
      headers: { ...auth, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await failure('createTranscription', json)).toEqual([415, 'unsupported_media_type', null]);
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
