/** The engine: takes requests, gives each its slot, and tells what happens as events. */
import type { BundleManifest } from '@x-llm/checkpoint';
import type { Tokenizer } from '@x-llm/text';
import { Answer } from './answer.ts';
import type { LanguageModel } from './architectures/index.ts';
import { Channel } from './channel.ts';
import type { EmbeddingCache } from './embedding-cache.ts';
import { EngineError } from './error.ts';
import type { LanguageSessions } from './language-sessions.ts';
import { type Prompt, type PromptReader, promptRows } from './prompt.ts';
import { type Settings, settingsOf } from './request.ts';
import { Scheduler } from './scheduler.ts';
import { Slots } from './slots.ts';
import type {
  Engine,
  EngineModel,
  EngineReport,
  GenerateEvent,
  GenerateRequest,
  ImageInput,
  TranscribeEvent,
  TranscribeRequest,
} from './types.ts';

export interface EngineParts {
  readonly model: EngineModel;
  readonly generation: BundleManifest['generation'];
  readonly language: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly prompts: PromptReader;
  readonly sessions: LanguageSessions;
  readonly media: EmbeddingCache;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  /** Given back by `close`. */
  readonly resources: Disposable;
}

/** An engine in this process; `loadEngine` makes it. */
export class LocalEngine implements Engine {
  readonly model: EngineModel;
  readonly #parts: EngineParts;
  readonly #slots: Slots;
  readonly #scheduler: Scheduler;
  /** Requests that wait or are answered. */
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #draining = false;
  #totals = { requests: 0, promptTokens: 0, completionTokens: 0 };

  constructor(parts: EngineParts) {
    this.model = parts.model;
    this.#parts = parts;
    this.#slots = new Slots({ slots: parts.maxConcurrent, maxQueued: parts.maxQueued });
    const { sessions, language, tokenizer } = parts;
    this.#scheduler = new Scheduler({ sessions, language, pieces: tokenizer.vocabSize });
  }

  ready(): boolean {
    return !this.#draining;
  }

  stats(): EngineReport {
    const { maxConcurrent, maxQueued, sessions, media } = this.#parts;
    return {
      active: this.#slots.active,
      queued: this.#slots.queued,
      maxActive: maxConcurrent,
      maxQueued,
      ...this.#totals,
      decodeSteps: this.#scheduler.steps,
      cacheBytes: sessions.cacheBytes,
      media: media.stats(),
    };
  }

  async *generate(
    request: GenerateRequest,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<GenerateEvent, void, undefined> {
    if (this.#draining) throw draining();
    const { prompts, generation } = this.#parts;
    const settings = settingsOf(request, generation);
    const prompt = prompts.read(request.messages);
    const left = new AbortController();
    const signals = [left.signal, this.#closing.signal, ...(options.signal ? [options.signal] : [])];
    const events = new Channel<GenerateEvent>();
    // Runs by itself: whoever stops asking for events must not keep the slot.
    const done = this.#answer(prompt, settings, AbortSignal.any(signals), events).then(
      () => events.close(),
      (error: unknown) => events.fail(error),
    );
    this.#running.add(done);
    void done.finally(() => this.#running.delete(done));
    try {
      yield* events;
    } finally {
      left.abort();
      await done;
    }
  }

  // biome-ignore lint/correctness/useYield: no bundle has speech yet
  async *transcribe(
    _request: TranscribeRequest,
    _options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<TranscribeEvent, void, undefined> {
    throw new EngineError('unsupported_content_part', 'this model has no interface for speech input');
  }

  /** Refuses new requests and waits for those that wait or are answered. */
  async drain(): Promise<void> {
    this.#draining = true;
    await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#draining = true;
    this.#closing.abort(draining());
    await Promise.all(this.#running);
    this.#parts.resources[Symbol.dispose]();
  }

  /** Answers a question nobody asked, so that first runs, which are slow, are over. */
  async warmUp(): Promise<void> {
    const { imageSize: size } = this.model;
    const images: ImageInput[] = size > 0 ? [{ rgb: new Uint8Array(3 * size * size), size }] : [];
    const request: GenerateRequest = {
      messages: [{ role: 'user', text: '', images, videos: [], speech: [] }],
      maxTokens: 2,
    };
    for await (const _ of this.generate(request));
    this.#totals = { requests: 0, promptTokens: 0, completionTokens: 0 };
    this.#parts.media.clear();
  }

  async #answer(
    prompt: Prompt,
    settings: Settings,
    signal: AbortSignal,
    events: Channel<GenerateEvent>,
  ): Promise<void> {
    const { sessions, tokenizer, language } = this.#parts;
    const slot = await this.#slots.take(signal);
    try {
      const counts = {
        promptTokens: prompt.length,
        imageTokens: prompt.mediaRows,
        videoTokens: 0,
        speechTokens: 0,
      };
      events.push({ type: 'start', ...counts });
      this.#totals.requests++;
      this.#totals.promptTokens += prompt.length;
      const answer = new Answer({
        ...settings,
        maxTokens: Math.min(settings.maxTokens, this.model.contextLength - prompt.length),
        endTokens: language.endTokens,
        promptIds: prompt.ids,
        decoder: tokenizer.decoder(),
        onText: (text) => events.push({ type: 'text', text }),
      });
      const rows = await unlessAborted(
        promptRows(prompt, (ids) => sessions.embed(ids)),
        signal,
      );
      const work = { slot, promptLength: prompt.length, rows, answer, signal };
      const finishReason = await this.#scheduler.run(work);
      const completionTokens = answer.written.length;
      this.#totals.completionTokens += completionTokens;
      events.push({ type: 'end', finishReason, usage: { ...counts, completionTokens } });
    } finally {
      this.#slots.give(slot);
    }
  }
}

/** Stops waiting when the signal fires; what was waited for goes on by itself, for the cache. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}

const draining = () => new EngineError('draining', 'The engine is shutting down and takes no more requests.');
