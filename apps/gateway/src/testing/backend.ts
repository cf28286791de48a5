import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ParsedTranscription, Problem, parseTranscription } from '@x-llm/contract';
import { createInnerVerifier, decodeInnerRequest, signatureHeader } from '@x-llm/contract/inner';

/**
 * A real HTTP server that keeps the inner protocol and has no model: it answers with what it received.
 * The text of the last message, or a transcription's prompt, chooses how: `stream`, `three`, `silent`, `late`, `html`, `redirect`, `overloaded`.
 */
export interface EchoBackend {
  url: string;
  /** One entry per chat request, in order. */
  chats: Chat[];
  /** One entry per transcription. */
  transcriptions: ParsedTranscription[];
  close(): Promise<void>;
}

export interface Chat {
  headers: IncomingMessage['headers'];
  request: { model: string; messages: { content: unknown }[] };
  attachments: { name: string; mediaType: string; bytes: Uint8Array }[];
  /** Resolves with `performance.now()` when the client closed before the answer was whole. */
  aborted: Promise<number>;
}

export const backendSecret = 'inner-secret';
export const imageSize = 56;
const models = [
  {
    id: 'x-llm-tiny',
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'x-llm',
    context_length: 512,
    image_size: imageSize,
    audio: { sample_rate: 16_000, max_seconds: 30 },
    video: { frames: 4, size: imageSize },
    input_modalities: ['text', 'image', 'audio', 'video'],
  },
];

const chunk = (content: string, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'x-llm-tiny',
  choices: [{ index: 0, delta: { role: 'assistant', content }, logprobs: null, finish_reason: finish }],
});

const completion = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'x-llm-tiny',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content, refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: {
    prompt_tokens: 1,
    completion_tokens: 1,
    total_tokens: 2,
    prompt_tokens_details: {
      text_tokens: 1,
      image_tokens: 0,
      audio_tokens: 0,
      video_tokens: 0,
      cached_tokens: 0,
    },
  },
});

export async function startEchoBackend(port = 0): Promise<EchoBackend> {
  const verifier = createInnerVerifier(backendSecret);
  const chats: Chat[] = [];
  const transcriptions: ParsedTranscription[] = [];

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = new Uint8Array(Buffer.concat(pieces));
    const { method = '', url: path = '', headers } = incoming;
    const contentType = headers['content-type'] ?? '';
    await verifier.verify(headers[signatureHeader]?.toString(), { method, path, contentType, body });

    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/v1/models') return void json({ object: 'list', data: models });
    if (path.startsWith('/v1/models/')) {
      const model = models.find(({ id }) => path === `/v1/models/${id}`);
      if (!model) throw new Problem('model_not_found', { param: 'model' });
      return void json(model);
    }
    if (path === '/readyz') return void json({ status: 'ready', models: models.map(({ id }) => id) });
    if (path === '/metrics') {
      return void response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end('requests 1\n');
    }
    if (path === '/v1/audio/transcriptions') {
      const given = parseTranscription(body, contentType);
      transcriptions.push(given);
      return void writeDown(given, response, json);
    }
    if (path !== '/v1/chat/completions') throw new Problem('not_found');

    const inner = contentType.startsWith('multipart/')
      ? decodeInnerRequest(body, contentType)
      : {
          request: JSON.parse(Buffer.from(body).toString()) as unknown,
          attachments: new Map<string, never>(),
        };
    const request = inner.request as Chat['request'];
    const aborted = new Promise<number>((done) => {
      response.once('close', () => {
        if (!response.writableFinished) done(performance.now());
      });
    });
    chats.push({ headers, request, attachments: [...inner.attachments.values()], aborted });
    if (request.model !== 'x-llm-tiny') throw new Problem('model_not_found', { param: 'model' });
    await respond(mode(request), response, json);
  }

  const server: Server = createServer((incoming, response) => {
    answer(incoming, response).catch((thrown: unknown) => {
      const problem = Problem.from(thrown);
      response.writeHead(problem.status, problem.headers()).end(JSON.stringify(problem));
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    chats,
    transcriptions,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** What was heard is the type of the file and its length. */
function writeDown(
  { request, file }: ParsedTranscription,
  response: ServerResponse,
  json: (value: unknown) => unknown,
): void {
  if (request.model !== 'x-llm-tiny') throw new Problem('model_not_found', { param: 'model' });
  if (request.prompt === 'overloaded') throw new Problem('overloaded', { retryAfterSeconds: 7 });
  if (request.prompt === 'late') return;
  const text = `${file.mediaType} ${file.bytes.length}`;
  const usage = {
    type: 'tokens',
    input_tokens: 3,
    input_token_details: { text_tokens: 1, audio_tokens: 2 },
    output_tokens: 2,
    total_tokens: 5,
  };
  if (request.stream === true) {
    const events = [
      { type: 'transcript.text.delta', delta: text },
      { type: 'transcript.text.done', text, usage },
    ];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end('data: [DONE]\n\n');
  } else if (request.response_format === 'text') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
  } else {
    json({ text, usage });
  }
}

/** The text of the last message, wherever it stands in it. */
function mode({ messages }: Chat['request']): string {
  const content = messages.at(-1)?.content;
  if (typeof content === 'string') return content;
  const parts = content as { type: string; text?: string }[];
  return parts.find(({ type }) => type === 'text')?.text ?? '';
}

async function respond(
  how: string,
  response: ServerResponse,
  json: (value: unknown, status?: number) => unknown,
): Promise<void> {
  const sse = () => response.writeHead(200, { 'content-type': 'text/event-stream' });
  switch (how) {
    case 'stream': {
      sse();
      for (let at = 0; at < 200 && !response.destroyed; at++) {
        response.write(`data: ${JSON.stringify(chunk(`${at} `))}\n\n`);
        await new Promise((next) => setTimeout(next, 20));
      }
      response.end(`data: ${JSON.stringify(chunk('', 'stop'))}\n\ndata: [DONE]\n\n`);
      return;
    }
    case 'three':
      sse();
      for (const word of ['one', 'two', 'three']) {
        response.write(`data: ${JSON.stringify(chunk(word))}\n\n`);
        await new Promise((next) => setTimeout(next, 100));
      }
      response.end(`data: ${JSON.stringify(chunk('', 'stop'))}\n\ndata: [DONE]\n\n`);
      return;
    case 'silent': // headers, then nothing
      sse().flushHeaders();
      return;
    case 'late': // not even headers
      return;
    case 'html':
      response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>stack trace</h1>');
      return;
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
      return;
    case 'overloaded':
      throw new Problem('overloaded', { retryAfterSeconds: 7 });
    default:
      json(completion(how));
  }
}
