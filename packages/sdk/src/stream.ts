/** A streamed answer: server-sent events to chunks. */
import type { ChatCompletionChunk } from '@x-llm/contract';
import { createParser } from 'eventsource-parser';
import { APIConnectionError, errorFromEvent, XLLMError } from './errors.ts';
import { type Answer, connectionError } from './transport.ts';

/**
 * The chunks of an answer, as they come. Leaving the loop early, or `controller.abort()`, stops the model.
 *
 *     for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
 */
export class ChatCompletionStream implements AsyncIterable<ChatCompletionChunk> {
  /** Aborting it makes the loop throw `APIUserAbortError`. */
  readonly controller: AbortController;
  readonly requestId: string | null;
  readonly #response: Response;
  readonly #signal: AbortSignal;
  #started = false;

  constructor({ response, requestId }: Answer, controller: AbortController, signal: AbortSignal) {
    this.#response = response;
    this.requestId = requestId;
    this.controller = controller;
    this.#signal = signal;
  }

  /** The whole text, when the rest has come. */
  async text(): Promise<string> {
    let text = '';
    for await (const { choices } of this) text += choices[0]?.delta.content ?? '';
    return text;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatCompletionChunk, void, undefined> {
    if (this.#started) throw new XLLMError('A stream can be read once.');
    this.#started = true;
    let ended = false;
    try {
      for await (const data of events(this.#response)) {
        if (data === '[DONE]') {
          ended = true;
          return;
        }
        const error = errorFromEvent(data, this.requestId);
        if (error !== null) throw error;
        yield parseChunk(data);
      }
      if (this.#signal.aborted) throw this.#signal.reason;
      throw new APIConnectionError('The connection closed before the answer was complete.');
    } catch (error) {
      throw connectionError(error, this.#response.url, this.#signal);
    } finally {
      // Runs as well when the loop is left early: the server stops writing for nobody.
      if (!ended) this.controller.abort();
    }
  }
}

function parseChunk(data: string): ChatCompletionChunk {
  try {
    return JSON.parse(data) as ChatCompletionChunk;
  } catch (cause) {
    throw new APIConnectionError('The server sent a chunk that is not JSON.', { cause });
  }
}

/** The `data` of every event; comments and other fields are left out. */
async function* events(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const ready: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => ready.push(data) });
  for (;;) {
    const { done, value } = await reader.read();
    parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
    yield* ready.splice(0);
    if (done) return;
  }
}
