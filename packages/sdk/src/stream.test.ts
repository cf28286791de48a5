import { once } from 'node:events';
import { Problem } from '@x-llm/contract';
import { expect, it } from 'vitest';
import { APIConnectionError, APIUserAbortError, RateLimitError, XLLM, XLLMError } from './index.ts';
import { type Answer, chunk, sendEvent, serve, startEvents } from './testing/server.ts';

const request = {
  model: 'x-llm-tiny',
  messages: [{ role: 'user' as const, content: 'hi' }],
  stream: true as const,
};

async function open(answer: Answer, options = {}) {
  const { baseURL } = await serve(answer);
  return new XLLM({ apiKey: 'key', baseURL, maxRetries: 0 }).chat.completions.create(request, options);
}

const whole: Answer = (response) => {
  startEvents(response);
  response.write(': ping\n\n');
  sendEvent(response, chunk('一只'));
  sendEvent(response, chunk('狐狸', 'stop'));
  sendEvent(response, '[DONE]');
  response.end();
};

it('yields the chunks in order and knows the request id', async () => {
  const stream = await open(whole);
  const seen: string[] = [];
  for await (const { choices } of stream) seen.push(choices[0]?.delta.content ?? '');
  expect(seen).toEqual(['一只', '狐狸']);
  expect(stream.requestId).toBe('req_7');
});

it('gives the whole text', async () => {
  expect(await (await open(whole)).text()).toBe('一只狐狸');
});

it('survives any split of the bytes, and every line ending', async () => {
  const stream = await open(async (response) => {
    startEvents(response);
    const text = `data: ${JSON.stringify(chunk('狐'))}\r\n\r\n:x\rdata: ${JSON.stringify(chunk('狸'))}\r\rdata: [DONE]\n\n`;
    for (const byte of Buffer.from(text)) {
      response.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    response.end();
  });
  expect(await stream.text()).toBe('狐狸');
});

it('raises an error that comes mid-stream, with its class', async () => {
  const stream = await open((response) => {
    startEvents(response);
    sendEvent(response, chunk('a'));
    sendEvent(response, new Problem('overloaded').toJSON());
    response.end();
  });
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const part of stream) seen.push(part);
  })();
  await expect(reading).rejects.toThrow(
    expect.objectContaining({ name: 'RateLimitError', status: 429, code: 'overloaded', requestId: 'req_7' }),
  );
  await expect(reading).rejects.toBeInstanceOf(RateLimitError);
  expect(seen).toHaveLength(1);
});

it.each<[string, Answer]>([
  ['ends without [DONE]', (response) => void response.end()],
  ['breaks', (response) => void response.destroy()],
  ['sends what is not JSON', (response) => void response.end('data: {oops\n\n')],
])('raises APIConnectionError when the stream %s', async (_name, finish) => {
  const stream = await open((response, ...rest) => {
    startEvents(response);
    sendEvent(response, chunk('a'));
    setTimeout(() => finish(response, ...rest), 20);
  });
  await expect(stream.text()).rejects.toBeInstanceOf(APIConnectionError);
});

it.each(['leaving the loop', 'the controller', 'the signal'])('%s closes the connection', async (how) => {
  const closed = Promise.withResolvers<void>();
  const user = new AbortController();
  const stream = await open(
    async (response) => {
      startEvents(response);
      sendEvent(response, chunk('a'));
      await once(response, 'close');
      closed.resolve();
    },
    { signal: user.signal },
  );
  const reading = (async () => {
    for await (const _ of stream) {
      if (how === 'leaving the loop') break;
      if (how === 'the controller') stream.controller.abort();
      if (how === 'the signal') user.abort();
    }
  })();
  if (how === 'leaving the loop') await reading;
  else await expect(reading).rejects.toBeInstanceOf(APIUserAbortError);
  await closed.promise;
});

it('can be read once', async () => {
  const stream = await open(whole);
  await stream.text();
  await expect(stream.text()).rejects.toThrow(XLLMError);
});

it('errors before the stream are thrown by create', async () => {
  await expect(
    open((response) => {
      response.writeHead(429, { 'content-type': 'application/json' });
      response.end(JSON.stringify(new Problem('overloaded')));
    }),
  ).rejects.toBeInstanceOf(RateLimitError);
});
