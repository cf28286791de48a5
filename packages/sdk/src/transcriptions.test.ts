import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem, parseTranscription, type Transcription, type VerboseTranscription } from '@x-llm/contract';
import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest';
import { XLLM as BrowserXLLM } from './browser.ts';
import { BadRequestError, type TranscriptionStream, XLLM, XLLMError } from './index.ts';
import { type Answer, type Seen, sendEvent, sendJson, serve, startEvents } from './testing/server.ts';

const bytes = Buffer.from('RIFF\0\0\0\0WAVE\r\n--x');
const usage = {
  type: 'tokens',
  input_tokens: 3,
  input_token_details: { text_tokens: 1, audio_tokens: 2 },
  output_tokens: 1,
  total_tokens: 4,
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdk-sound-'));
  await writeFile(join(folder, 'speech.wav'), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

async function connect(answer: Answer) {
  const { baseURL, requests } = await serve(answer);
  return { client: new XLLM({ apiKey: 'key', baseURL, maxRetries: 0 }), requests, baseURL };
}

/** The form as the server reads it. */
const received = ({ bytes: body, headers }: Seen) =>
  parseTranscription(new Uint8Array(body), headers['content-type'] ?? null);

const request = { model: 'x-llm-tiny', file: bytes };

it('sends a form and gets the text', async () => {
  const { client, requests } = await connect((response) => sendJson(response, 200, { text: 'hello', usage }));
  const answer = await client.transcribe({
    ...request,
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
    temperature: 0,
    language: 'en',
    prompt: null,
  });
  expect(answer).toEqual({ text: 'hello', usage });
  expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/audio/transcriptions' });
  const { request: fields, file } = await received(requests[0] as Seen);
  expect(fields).toEqual({
    model: 'x-llm-tiny',
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
    temperature: 0,
    language: 'en',
  });
  expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
});

it.each<[string, () => Parameters<XLLM['transcribe']>[0]['file'], string]>([
  ['bytes', () => bytes, 'sound'],
  ['a Blob', () => new Blob([bytes]), 'sound'],
  ['a File', () => new File([bytes], '录音.wav'), '录音.wav'],
  ['a data URL', () => `data:audio/wav;base64,${bytes.toString('base64')}`, 'sound'],
  ['a path', () => join(folder, 'speech.wav'), 'speech.wav'],
])('takes %s', async (_name, file, name) => {
  const { client, requests } = await connect((response) => sendJson(response, 200, { text: '', usage }));
  await client.transcribe({ ...request, file: file() });
  const got = (await received(requests[0] as Seen)).file;
  expect([got.name, Buffer.from(got.bytes).equals(bytes)]).toEqual([name, true]);
});

it('in a browser takes no paths', async () => {
  const client = new BrowserXLLM({ apiKey: 'key' });
  await expect(client.transcribe({ ...request, file: 'speech.wav' })).rejects.toThrow(/pass a File/);
});

it('gives subtitles as text', async () => {
  const srt = '1\n00:00:00,000 --> 00:00:01,000\nhello\n\n';
  const { client } = await connect((response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(srt);
  });
  expect(await client.transcribe({ ...request, response_format: 'srt' })).toBe(srt);
});

it('streams', async () => {
  const { client, requests } = await connect((response) => {
    startEvents(response);
    for (const delta of ['one', ' two']) sendEvent(response, { type: 'transcript.text.delta', delta });
    sendEvent(response, { type: 'transcript.text.done', text: 'one two', usage });
    sendEvent(response, '[DONE]');
    response.end();
  });
  const types: string[] = [];
  for await (const event of await client.transcribe({ ...request, stream: true })) types.push(event.type);
  expect(types).toEqual(['transcript.text.delta', 'transcript.text.delta', 'transcript.text.done']);
  expect((await received(requests[0] as Seen)).request.stream).toBe(true);
  expect(await (await client.transcribe({ ...request, stream: true })).text()).toBe('one two');
});

it('throws what the server refuses, and tries again what may pass, with the same file', async () => {
  const refusing = await connect((response) =>
    sendJson(response, 400, new Problem('audio_too_long', { param: 'file' })),
  );
  await expect(refusing.client.transcribe(request)).rejects.toMatchObject({
    code: 'audio_too_long',
    param: 'file',
  });
  await expect(refusing.client.transcribe(request)).rejects.toBeInstanceOf(BadRequestError);
  const { client, requests } = await connect((response, _seen, attempt) =>
    attempt === 1
      ? sendJson(response, 429, new Problem('overloaded'), { 'retry-after-ms': '1' })
      : sendJson(response, 200, { text: 'ok', usage }),
  );
  expect(await client.transcribe(request, { maxRetries: 1 })).toMatchObject({ text: 'ok' });
  for (const seen of requests) expect((await received(seen)).file.bytes.length).toBe(bytes.length);
  await expect(client.transcribe({ ...request, file: 'https://example.com/a.wav' })).rejects.toBeInstanceOf(
    XLLMError,
  );
});

it('types the answer by what was asked for', () => {
  const { transcribe } = new XLLM({ apiKey: 'key' });
  const calls = () => ({
    plain: transcribe(request),
    verbose: transcribe({ ...request, response_format: 'verbose_json' }),
    text: transcribe({ ...request, response_format: 'vtt' }),
    streamed: transcribe({ ...request, stream: true }),
  });
  expectTypeOf<ReturnType<typeof calls>>().toEqualTypeOf<{
    plain: Promise<Transcription>;
    verbose: Promise<VerboseTranscription>;
    text: Promise<string>;
    streamed: Promise<TranscriptionStream>;
  }>();
});
