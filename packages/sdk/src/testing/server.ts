/** A real HTTP server for tests, answering as each test says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatCompletion, ChatCompletionChunk } from '@x-llm/contract';
import { onTestFinished } from 'vitest';

export interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
  bytes: Buffer;
}

export type Answer = (response: ServerResponse, seen: Seen, attempt: number) => void | Promise<void>;

/** Starts a server for one test; `requests` grows as they come. */
export async function serve(answer: Answer): Promise<{ baseURL: string; requests: Seen[] }> {
  const requests: Seen[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method, url, headers } = request;
    const bytes = Buffer.concat(pieces);
    const seen = { method, url, headers, body: bytes.toString(), bytes };
    requests.push(seen);
    await answer(response, seen, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_7', ...headers });
  response.end(JSON.stringify(body));
}

export function startEvents(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_7' });
  response.flushHeaders();
}

export const sendEvent = (response: ServerResponse, data: unknown) =>
  response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);

export const completion = (content: string): ChatCompletion => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
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
    prompt_tokens: 5,
    completion_tokens: 2,
    total_tokens: 7,
    prompt_tokens_details: { text_tokens: 1, image_tokens: 4, audio_tokens: 0, video_tokens: 0 },
  },
});

export const chunk = (content: string, finishReason: 'stop' | null = null): ChatCompletionChunk => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'x-llm-tiny',
  choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: finishReason }],
});
