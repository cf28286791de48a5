/** A streamed answer: server-sent events to values. */
import type { ChatCompletionChunk, TranscriptionTextDelta, TranscriptionTextDone } from '@x-llm/contract';
import { createParser } from 'eventsource-parser';
import { APIConnectionError, errorFromEvent, XLLMError } from './errors.ts';
import { type Answer, connectionError } from './transport.ts';

/** What every stream does: values as they come, once. Leaving the loop early, or `controller.abort()`, stops the model. */
abstract class EventStream<Event> implements AsyncIterable<Event> {
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

  /** What an event adds to the text. */
  protected abstract textOf(event: Event): string;

  /** The whole text, when the rest has come. */
  async text(): Promise<string> {
    let text = '';
    for await (const event of this) text += this.textOf(event);
    return text;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
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
        yield parseEvent<Event>(data);
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

/**
 * The chunks of an answer.
 *
 *     for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
 */
export class ChatCompletionStream extends EventStream<ChatCompletionChunk> {
  protected override textOf({ choices }: ChatCompletionChunk): string {
    return choices[0]?.delta.content ?? '';
  }
}

/**
 * What is heard, as it is written down, and at the end all of it.
 *
 *     for await (const event of stream) if (event.type === 'transcript.text.delta') process.stdout.write(event.delta);
 */
export class TranscriptionStream extends EventStream<TranscriptionTextDelta | TranscriptionTextDone> {
  protected override textOf(event: TranscriptionTextDelta | TranscriptionTextDone): string {
    return event.type === 'transcript.text.delta' ? event.delta : '';
  }
}

function parseEvent<Event>(data: string): Event {
  try {
    return JSON.parse(data) as Event;
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
