import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Model } from '@x-llm/sdk';

export interface TestServer {
  readonly origin: string;
  /** The bodies of the questions that came. */
  readonly requests: { messages: { role: string; content: unknown }[]; [key: string]: unknown }[];
  /** What model answers from now on; at first one that sees. */
  setModel(model: TestModel): void;
  /** Several, by their names. */
  setModels(models: Readonly<Record<string, TestModel>>): void;
  /** How many answers the page left before they ended. */
  readonly left: () => number;
  close(): void;
}

type TestModel = 'sees' | 'hears for 2 seconds' | 'sees, hears, watches' | 'reads';

const common = { id: 'x-llm-tiny', created: 1, owned_by: 'x-llm', context_length: 512 };

const models: { readonly [Name in TestModel]: Model } = {
  reads: { ...common, object: 'model', image_size: 0, audio: null, video: null, input_modalities: ['text'] },
  sees: {
    ...common,
    object: 'model',
    image_size: 64,
    audio: null,
    video: null,
    input_modalities: ['text', 'image'],
  },
  'hears for 2 seconds': {
    ...common,
    object: 'model',
    image_size: 0,
    audio: { sample_rate: 16_000, max_seconds: 2 },
    video: null,
    input_modalities: ['text', 'audio'],
  },
  'sees, hears, watches': {
    ...common,
    object: 'model',
    image_size: 64,
    audio: { sample_rate: 16_000, max_seconds: 20 },
    video: { frames: 8, size: 64 },
    input_modalities: ['text', 'image', 'audio', 'video'],
  },
};

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Serves the page and speaks the contract over real HTTP, with an answer chosen by the question. */
export async function startServer(directory: string, apiKey: string): Promise<TestServer> {
  const requests: TestServer['requests'] = [];
  let left = 0;
  let served: Readonly<Record<string, TestModel>> = { 'x-llm-tiny': 'sees' };
  const headersFile = await readFile(join(directory, '_headers'), 'utf8');
  const pageHeaders = [...headersFile.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const json = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-0123456789abcdef' })
        .end(JSON.stringify(body));
    const problem = (status: number, code: string, message: string) =>
      json(status, { error: { message, type: 'invalid_request_error', param: null, code } });

    if (path === '/readyz') return void json(200, { status: 'ready', models: Object.keys(served) });
    if (path.startsWith('/v1/')) {
      if (request.headers.authorization !== `Bearer ${apiKey}`) {
        return void problem(401, 'invalid_api_key', 'The API key is missing or wrong.');
      }
      if (path === '/v1/models') {
        const data = Object.entries(served).map(([id, model]) => ({ ...models[model], id }));
        return void json(200, { object: 'list', data });
      }
      const body = JSON.parse(await text(request)) as TestServer['requests'][number];
      requests.push(body);
      const question = JSON.stringify(body.messages.at(-1));
      if (question.includes('too long')) {
        return void problem(400, 'context_length_exceeded', 'The prompt has 900 tokens, the context 512.');
      }
      return stream(
        response,
        question.includes('这是什么') ? '这是一只熊猫。' : 'It is a panda, a large bear.',
        {
          pauseMs: question.includes('slowly') ? 60_000 : 15,
        },
      );
    }
    const file = path === '/' ? 'index.html' : path.slice(1);
    const contents = await readFile(join(directory, file)).catch(() => undefined);
    if (contents === undefined) return void response.writeHead(404).end();
    for (const [name, value] of pageHeaders) response.setHeader(name, value);
    response
      .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      .end(contents);
  }

  async function stream(
    response: ServerResponse,
    answer: string,
    { pauseMs }: { pauseMs: number },
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req-0123456789abcdef' });
    const closed = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) left++;
      closed.abort();
    });
    const send = (choices: unknown[], usage: unknown = null) =>
      response.write(
        `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'x-llm-tiny', choices, usage })}\n\n`,
      );
    const pieces = answer.match(/\s*\S[a-z]*/g) ?? [];
    for (const content of pieces) {
      send([{ index: 0, delta: { content }, logprobs: null, finish_reason: null }]);
      await delay(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined);
      if (closed.signal.aborted) return;
    }
    send([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]);
    send([], { prompt_tokens: 40, completion_tokens: pieces.length, total_tokens: 40 + pieces.length });
    response.end('data: [DONE]\n\n');
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    setModel: (model) => {
      served = { 'x-llm-tiny': model };
    },
    setModels: (several) => {
      served = several;
    },
    left: () => left,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
