/**
 * A small engine for tests of the HTTP layer: it answers with the words of the last message, the mean colour of every
 * picture and frame, and the pitch of every sound. What it writes down of speech is its pitch, every half second. It has
 * real slots, a real queue, limits and cancellation, and no model.
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
  type PromptUsage,
  type SpeechInput,
  type TimedToken,
  type TranscribeEvent,
  type TranscribeRequest,
  type VideoInput,
} from '@x-llm/engine';

export interface EchoEngine extends Engine {
  closed: boolean;
  isReady: boolean;
  /** Requests as they came. */
  readonly requests: GenerateRequest[];
  readonly transcriptions: TranscribeRequest[];
}

export interface EchoOptions {
  /** The model's name. */
  id?: string;
  slots?: number;
  maxQueued?: number;
  contextLength?: number;
  /** Between two words. */
  stepMs?: number;
  /** 0: it sees no pictures. */
  imageSize?: number;
  /** 0: it watches no videos. */
  videoFrames?: number;
  /** 0: it hears nothing. */
  speechSeconds?: number;
  /** The most half seconds of sound that are not silence in a piece, as a model has a most of tokens. */
  speechTokens?: number;
  /** Before the first event. */
  startMs?: number;
}

export function createEchoEngine(options: EchoOptions = {}): EchoEngine {
  const { slots = 2, maxQueued = 2, contextLength = 64, stepMs = 0, startMs = 0, imageSize = 4 } = options;
  const { videoFrames = 4, speechSeconds = 10, speechTokens: mostTokens = 100 } = options;
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

  /** What both kinds of answer have in common: a place, the words one after the other, an end. */
  async function* say(
    words: string[],
    counts: PromptUsage,
    limit: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<GenerateEvent, void, undefined> {
    if (counts.promptTokens > contextLength) {
      throw new EngineError(
        'context_length_exceeded',
        `The prompt has ${counts.promptTokens} tokens, of ${contextLength}.`,
      );
    }
    await enter(signal);
    try {
      if (startMs > 0) await sleep(startMs, undefined, signal === undefined ? {} : { signal });
      yield { type: 'start', ...counts };
      let completionTokens = 0;
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
  }

  const engine: EchoEngine = {
    model: {
      id: options.id ?? 'x-llm-tiny',
      imageSize,
      video: videoFrames === 0 ? undefined : { frames: videoFrames, size: imageSize },
      speech: speechSeconds === 0 ? undefined : { sampleRateHz: rateHz, maxSeconds: speechSeconds },
      contextLength,
      created: 1_700_000_000,
    },
    requests: [],
    transcriptions: [],
    closed: false,
    isReady: true,
    ready: () => engine.isReady,
    stats: () => ({ active, queued: queue.length, maxQueued, queue }),
    async close() {
      engine.closed = true;
    },
    async *generate(request, { signal } = {}) {
      engine.requests.push(request);
      const words = wordsOf(request);
      const count = (of: (message: GenerateRequest['messages'][number]) => number) =>
        request.messages.reduce((sum, message) => sum + of(message), 0);
      const imageTokens = count(({ images }) => 4 * images.length);
      const videoTokens = count(({ videos }) =>
        videos.reduce((sum, { frames }) => sum + 2 * frames.length, 0),
      );
      const speechTokens = count(({ speech }) => 3 * speech.length);
      const promptTokens = words.length + imageTokens + videoTokens + speechTokens;
      const counts = { promptTokens, imageTokens, videoTokens, speechTokens };
      yield* say(words, counts, request.maxTokens ?? words.length, signal);
    },
    async *transcribe(request, { signal } = {}): AsyncGenerator<TranscribeEvent, void, undefined> {
      engine.transcriptions.push(request);
      const { samples, prompt } = request;
      if (samples.length < rateHz / 100) throw new EngineError('invalid_audio', 'The speech is too short.');
      const heard = pitches(samples);
      const loud = heard.filter(({ text }) => text.trim() !== '0Hz').length;
      if (loud > mostTokens) throw new EngineError('invalid_audio', `The speech has ${loud} tokens.`);
      const words = [...(prompt?.split(' ') ?? []), ...heard.map(({ text }) => text.trim())];
      const speechTokens = Math.ceil(samples.length / (rateHz / 2));
      const counts = { promptTokens: 5 + speechTokens, imageTokens: 0, videoTokens: 0, speechTokens };
      for await (const event of say(words, counts, words.length, signal)) {
        yield event.type === 'end' ? { ...event, tokens: heard } : event;
      }
    },
  };
  return engine;
}

const rateHz = 16_000;

function wordsOf({ messages }: GenerateRequest): string[] {
  const last = messages.at(-1);
  const words = (last?.text ?? '').split(/\s+/).filter((word) => word !== '');
  return [
    ...words,
    ...(last?.images ?? []).map(meanColour),
    ...(last?.videos ?? []).map(({ frames }: VideoInput) => `[${frames.map(meanColour).join(';')}]`),
    ...(last?.speech ?? []).map(({ samples }: SpeechInput) => `${pitch(samples)}Hz/${seconds(samples)}s`),
  ];
}

const seconds = (samples: Float32Array) => Math.round((100 * samples.length) / rateHz) / 100;

/** By its zero crossings, to the nearest 10 Hz; 0 for silence. */
function pitch(samples: Float32Array): number {
  let crossings = 0;
  for (let at = 1; at < samples.length; at++) {
    if ((samples[at - 1] ?? 0) < 0 !== (samples[at] ?? 0) < 0) crossings++;
  }
  return Math.round(((crossings / 2) * rateHz) / samples.length / 10) * 10;
}

/** A word for every half second; the second half of it is silence. */
function pitches(samples: Float32Array): TimedToken[] {
  const step = rateHz / 2;
  return Array.from({ length: Math.ceil(samples.length / step) }, (_, at) => ({
    text: `${at === 0 ? '' : ' '}${pitch(samples.subarray(at * step, (at + 1) * step))}Hz`,
    startSeconds: at / 2,
    endSeconds: at / 2 + 0.25,
  }));
}

function meanColour({ rgb, size }: ImageInput): string {
  const mean = [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let at = channel; at < rgb.length; at += 3) sum += rgb[at] ?? 0;
    return Math.round(sum / (size * size));
  });
  return `rgb(${mean.join(',')})`;
}
