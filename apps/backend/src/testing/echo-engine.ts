/**
 * A small engine for tests of the HTTP layer: it answers with the words of the last message and with the
 * mean colour of every picture. It has real slots, a real queue, limits and cancellation, and no model.
 *
 * Words that start with `!` make it misbehave: `!wait` never goes on, `!crash` throws something unexpected,
 * `!overload` throws as a full engine does.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Engine,
  EngineError,
  type GenerateEvent,
  type GenerateRequest,
  type ImageInput,
} from '@x-llm/engine';

export interface EchoEngine extends Engine {
  closed: boolean;
  isReady: boolean;
  /** Requests as they came. */
  readonly requests: GenerateRequest[];
}

export interface EchoOptions {
  slots?: number;
  maxQueued?: number;
  contextLength?: number;
  /** Between two words. */
  stepMs?: number;
  /** 0: it sees no pictures. */
  imageSize?: number;
  /** Before the first event. */
  startMs?: number;
}

export function createEchoEngine(options: EchoOptions = {}): EchoEngine {
  const { slots = 2, maxQueued = 2, contextLength = 64, stepMs = 0, startMs = 0, imageSize = 4 } = options;
  let active = 0;
  const queue: (() => void)[] = [];

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    if (active < slots) {
      active++;
      return;
    }
    if (queue.length >= maxQueued) throw new EngineError('overloaded', 'The queue is full.');
    const turn = Promise.withResolvers<void>();
    const leave = () => {
      queue.splice(queue.indexOf(turn.resolve), 1);
      turn.reject(signal?.reason);
    };
    queue.push(turn.resolve);
    signal?.addEventListener('abort', leave, { once: true });
    await turn.promise;
    signal?.removeEventListener('abort', leave);
  }

  function exit(): void {
    const next = queue.shift();
    if (next === undefined) active--;
    else next();
  }

  const engine: EchoEngine = {
    model: {
      id: 'x-llm-tiny',
      imageSize,
      video: undefined,
      speech: undefined,
      contextLength,
      created: 1_700_000_000,
    },
    requests: [],
    closed: false,
    isReady: true,
    ready: () => engine.isReady,
    stats: () => ({ active, queued: queue.length, maxQueued }),
    async close() {
      engine.closed = true;
    },
    async *generate(request, { signal } = {}): AsyncGenerator<GenerateEvent, void, undefined> {
      engine.requests.push(request);
      const words = wordsOf(request);
      const imageTokens = request.messages.reduce((sum, { images }) => sum + 4 * images.length, 0);
      const promptTokens = words.length + imageTokens;
      const counts = { promptTokens, imageTokens, videoTokens: 0, speechTokens: 0 };
      if (promptTokens > contextLength) {
        throw new EngineError(
          'context_length_exceeded',
          `The prompt has ${promptTokens} tokens, of ${contextLength}.`,
        );
      }
      await enter(signal);
      try {
        if (startMs > 0) await sleep(startMs, undefined, signal === undefined ? {} : { signal });
        yield { type: 'start', ...counts };
        let completionTokens = 0;
        const limit = request.maxTokens ?? words.length;
        for (const word of words.slice(0, limit)) {
          signal?.throwIfAborted();
          if (word === '!crash') throw new TypeError('secret internals at /srv/model');
          if (word === '!overload') throw new EngineError('overloaded', 'The queue is full.');
          if (word === '!wait') await sleep(1e6, undefined, signal === undefined ? {} : { signal });
          if (stepMs > 0) await sleep(stepMs, undefined, signal === undefined ? {} : { signal });
          yield { type: 'text', text: completionTokens === 0 ? word : ` ${word}` };
          completionTokens++;
        }
        const finishReason = limit < words.length ? 'length' : 'stop';
        yield { type: 'end', finishReason, usage: { ...counts, completionTokens } };
      } finally {
        exit();
      }
    },
    // biome-ignore lint/correctness/useYield: it hears nothing
    async *transcribe() {
      throw new EngineError('unsupported_content_part', 'This model hears nothing.');
    },
  };
  return engine;
}

function wordsOf({ messages }: GenerateRequest): string[] {
  const last = messages.at(-1);
  const words = (last?.text ?? '').split(/\s+/).filter((word) => word !== '');
  return [...words, ...(last?.images ?? []).map(meanColour)];
}

function meanColour({ rgb, size }: ImageInput): string {
  const mean = [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let at = channel; at < rgb.length; at += 3) sum += rgb[at] ?? 0;
    return Math.round(sum / (size * size));
  });
  return `rgb(${mean.join(',')})`;
}
