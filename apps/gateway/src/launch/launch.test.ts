import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSpeech, parsePreparedImageType, preparedSpeechType } from '@x-llm/contract/inner';
import { decodeWav, resample } from '@x-llm/media';
import { prepareImage } from '@x-llm/media/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendSecret, type EchoBackend, imageSize, startEchoBackend } from '../testing/backend.ts';
import { type Gateway, startGateway } from './index.ts';

const images = new URL('../../../../tests/parity/golden/frontend-image/images/', import.meta.url);
const apiKey = 'edge-key';

let backend: EchoBackend;
let gateway: Gateway;
let pages: string;
let startMs: number;
const logs: string[] = [];

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'x-llm-pages-'));
  await writeFile(join(pages, 'index.html'), '<h1>playground</h1>');
  await writeFile(join(pages, 'app.js'), 'export {};');
  await writeFile(
    join(pages, '_headers'),
    "/*\n  Content-Security-Policy: default-src 'self'\n/app.js\n  x-own: 1\n",
  );
  backend = await startEchoBackend();
  const started = performance.now();
  gateway = await startGateway({
    port: 0,
    apiKey,
    backendUrl: backend.url,
    backendSecret,
    assetsDirectory: pages,
    publicMetrics: true,
    onLog: (line) => logs.push(line),
  });
  startMs = performance.now() - started;
});

afterAll(async () => {
  await gateway.stop();
  await backend.close();
  await rm(pages, { recursive: true });
});

function chat(content: unknown, options: { stream?: boolean; signal?: AbortSignal } = {}): Promise<Response> {
  const { stream = false, signal } = options;
  return fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'x-llm-tiny', stream, messages: [{ role: 'user', content }] }),
    ...(signal && { signal }),
  });
}

/** Sends a picture through the gateway and returns what the backend got. */
async function received(bytes: Uint8Array) {
  const url = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
  const response = await chat([
    { type: 'image_url', image_url: { url } },
    { type: 'text', text: 'what is this?' },
  ]);
  expect(response.status).toBe(200);
  const last = backend.chats.at(-1);
  const [attachment] = last?.attachments ?? [];
  expect(last?.request.messages[0]?.content).toMatchObject([
    { image_url: { url: 'attachment:image-0' } },
    {},
  ]);
  if (!attachment) throw new Error('the backend got no picture');
  return attachment;
}

describe('startGateway', () => {
  it('starts within two seconds', () => {
    expect(startMs).toBeLessThan(2000);
  });

  it('serves the page and its files, and nothing beside them', async () => {
    const page = await fetch(`${gateway.url}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toBe('<h1>playground</h1>');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(page.headers.get('x-own')).toBeNull();
    const script = await fetch(`${gateway.url}/app.js`, { method: 'HEAD' });
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('x-own')).toBe('1');
    for (const path of ['/_headers', '/none.js', '/%2e%2e/package.json', '/..%2f..%2fetc/passwd']) {
      expect((await fetch(gateway.url + path)).status, path).toBe(404);
    }
  });

  it('opens /metrics only when told to', async () => {
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(200);
  });

  it('says so when the port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((done) => {
      other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port));
    });
    const attempt = startGateway({ port, apiKey, backendUrl: backend.url, backendSecret });
    await expect(attempt).rejects.toThrow(`Port ${port} is taken. Set PORT to another one.`);
    await new Promise((done) => other.close(done));
  });

  it('logs one line per request, without content or keys', async () => {
    await chat('a secret question');
    const text = logs.join('\n');
    expect(text).toContain('"path":"/v1/chat/completions","status":200');
    expect(text).not.toContain('a secret question');
    expect(text).not.toContain(apiKey);
  });

  it('lets running answers end when it is stopped', async () => {
    const own = await startGateway({ port: 0, apiKey, backendUrl: backend.url, backendSecret });
    const response = await fetch(`${own.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'x-llm-tiny',
        stream: true,
        messages: [{ role: 'user', content: 'three' }],
      }),
    });
    const stopped = own.stop();
    expect(await response.text()).toContain('[DONE]');
    await stopped;
    await expect(fetch(`${own.url}/healthz`)).rejects.toThrow();
  });
});

describe('pictures prepared at the edge', () => {
  const files = readdirSync(images).filter((file) => file !== 'cmyk.jpg');

  it.each(files)('%s equals what Node prepares', async (file) => {
    const bytes = new Uint8Array(readFileSync(new URL(file, images)));
    const { mediaType, bytes: edge } = await received(bytes);
    expect(parsePreparedImageType(mediaType)).toEqual({ width: imageSize, height: imageSize });
    const node = await prepareImage(bytes, { size: imageSize });
    const lossy = file.endsWith('.jpg') || file === 'lossy.webp';
    const worst = node.reduce((max, value, at) => Math.max(max, Math.abs(value - (edge[at] ?? 999))), 0);
    expect(edge.length).toBe(node.length);
    expect(worst).toBeLessThanOrEqual(lossy ? 2 : 0);
  });

  it('CMYK, animated WebP and large pictures go on as uploaded', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer();
    const animated = await sharp([await frame('red'), await frame('blue')], { join: { animated: true } })
      .webp()
      .toBuffer();
    const large = await sharp({ create: { width: 2500, height: 2000, channels: 3, background: 'green' } })
      .png()
      .toBuffer();
    for (const [bytes, type] of [
      [readFileSync(new URL('cmyk.jpg', images)), 'image/jpeg'],
      [animated, 'image/webp'],
      [large, 'image/png'],
    ] as const) {
      const { mediaType, bytes: got } = await received(new Uint8Array(bytes));
      expect(mediaType).toBe(type);
      expect(Buffer.from(got).equals(bytes)).toBe(true);
    }
  });
});

describe('sound prepared at the edge', () => {
  const wav = (rateHz: number, samples: Float32Array) => {
    const file = Buffer.alloc(44 + 2 * samples.length);
    file.write('RIFF', 0);
    file.write('WAVEfmt ', 8);
    for (const [at, value] of [
      [4, file.length - 8],
      [16, 16],
      [24, rateHz],
      [28, 2 * rateHz],
      [40, 2 * samples.length],
    ] as const) {
      file.writeUInt32LE(value, at);
    }
    for (const [at, value] of [
      [20, 1],
      [22, 1],
      [32, 2],
      [34, 16],
    ] as const)
      file.writeUInt16LE(value, at);
    file.write('data', 36);
    for (const [at, sample] of samples.entries()) file.writeInt16LE(Math.round(sample * 32_768), 44 + 2 * at);
    return file;
  };
  const voice = Float32Array.from(
    { length: 22_050 },
    (_, at) => Math.round(9000 * Math.sin(at / 9)) / 32_768,
  );

  it.each([16_000, 44_100])(
    'of %i Hz equals what Node prepares, and its part keeps its type',
    async (rateHz) => {
      const file = wav(rateHz, voice);
      const response = await chat([
        { type: 'input_audio', input_audio: { data: file.toString('base64'), format: 'wav' } },
        { type: 'text', text: 'what is this?' },
      ]);
      expect(response.status).toBe(200);
      const last = backend.chats.at(-1);
      expect(last?.request.messages[0]?.content).toMatchObject([
        { type: 'input_audio', input_audio: { data: 'attachment:audio-0', format: 'wav' } },
        {},
      ]);
      const [attachment] = last?.attachments ?? [];
      expect(attachment?.mediaType).toBe(preparedSpeechType);
      expect(attachment?.bytes).toEqual(encodeSpeech(resample(decodeWav(file).samples, rateHz)));
    },
  );

  it('what is no WAV, and video, go on as uploaded', async () => {
    const bytes = Buffer.from('OggS and more');
    await chat([
      { type: 'input_audio', input_audio: { data: bytes.toString('base64'), format: 'ogg' } },
      { type: 'video_url', video_url: { url: `data:video/mp4;base64,${bytes.toString('base64')}` } },
      { type: 'text', text: 'hi' },
    ]);
    const { attachments = [] } = backend.chats.at(-1) ?? {};
    expect(attachments.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['audio-0', 'application/octet-stream'],
      ['video-1', 'application/octet-stream'],
    ]);
    for (const attachment of attachments) expect(Buffer.from(attachment.bytes).equals(bytes)).toBe(true);
  });

  it('for transcription, with the fields that change the answer', async () => {
    const body = new FormData();
    for (const [name, value] of [
      ['model', 'x-llm-tiny'],
      ['language', 'zh'],
      ['temperature', '0'],
      ['unknown', 'x'],
    ] as const) {
      body.append(name, value);
    }
    body.append('file', new Blob([wav(16_000, voice)]), '你好.wav');
    const response = await fetch(`${gateway.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body,
    });
    expect(response.status).toBe(200);
    const last = backend.transcriptions.at(-1);
    expect(last?.request).toEqual({ model: 'x-llm-tiny', language: 'zh', temperature: 0 });
    expect(last?.file).toEqual({
      name: '你好.wav',
      mediaType: preparedSpeechType,
      bytes: encodeSpeech(voice),
    });
  });
});

describe('a client that leaves frees the model within 250 ms', () => {
  it.each([
    ['while the answer streams', 'stream', true],
    ['before the first token', 'silent', true],
    ['before the headers', 'late', true],
    ['of an answer that is not streamed', 'late', false],
  ])('%s', async (_, how, stream) => {
    const leave = new AbortController();
    const before = backend.chats.length;
    const answer = chat(how, { stream, signal: leave.signal })
      .then((response) => response.text())
      .catch((error: Error) => error.name);
    await expect.poll(() => backend.chats.length).toBe(before + 1);
    await new Promise((next) => setTimeout(next, 100));
    const left = performance.now();
    leave.abort();
    expect(await answer).toBe('AbortError');
    const noticed = await backend.chats.at(-1)?.aborted;
    expect((noticed ?? Number.NaN) - left).toBeLessThan(250);
  });
});

describe('clients that leave give back the room that their bodies took', () => {
  const post = (body: string | ReadableStream<Uint8Array>, signal?: AbortSignal) =>
    fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body,
      ...(signal && { signal }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);
  const large = (content: string) =>
    `${JSON.stringify({ model: 'x-llm-tiny', messages: [{ role: 'user', content }] })}${' '.repeat(14_000_000)}`;

  it('before the headers', async () => {
    for (let round = 0; round < 4; round++) {
      const leave = new AbortController();
      const before = backend.chats.length;
      const answers = [1, 2, 3].map(() => post(large('late'), leave.signal).catch(() => undefined));
      await expect.poll(() => backend.chats.length, { timeout: 20_000 }).toBe(before + 3);
      leave.abort();
      await Promise.all(answers);
      await Promise.all(backend.chats.slice(before).map(({ aborted }) => aborted));
    }
    expect((await post(large('a'))).status).toBe(200);
  });

  it('in the middle of a body', async () => {
    for (let round = 0; round < 4; round++) {
      const leave = new AbortController();
      const stalling = () => {
        let sent = 0;
        return new ReadableStream<Uint8Array>({
          pull: (controller) =>
            sent++ < 14 ? controller.enqueue(new Uint8Array(1_000_000).fill(32)) : new Promise(() => {}),
        });
      };
      const answers = [1, 2, 3].map(() => post(stalling(), leave.signal).catch(() => undefined));
      await new Promise((next) => setTimeout(next, 1000));
      leave.abort();
      await Promise.all(answers);
    }
    await expect.poll(async () => (await post(large('a'))).status, { timeout: 5000 }).toBe(200);
  });
});

it.each([
  ['too long', apiKey, 413],
  ['too long and without our key', 'wrong', 401],
])('a body of 20 MB that is %s gets its answer, not a reset connection', async (_, key, status) => {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: `{"model":"${'x'.repeat(20_000_000)}"}`,
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toHaveProperty('error.code');
});

it('hands on no header of the client but the request id', async () => {
  await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      cookie: 'session=1',
      'x-forwarded-for': '1.2.3.4',
      'x-request-id': 'mine-1',
    },
    body: JSON.stringify({ model: 'x-llm-tiny', messages: [{ role: 'user', content: 'hi' }] }),
  });
  const headers = backend.chats.at(-1)?.headers ?? {};
  expect(headers['x-request-id']).toBe('mine-1');
  for (const name of ['authorization', 'cookie', 'x-forwarded-for']) expect(headers[name]).toBeUndefined();
});
