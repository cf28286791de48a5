/** The engine: takes requests, gives each its slot, and tells what happens as events. */
import type { BundleManifest } from '@x-llm/checkpoint';
import type { CleanUp, Tokenizer } from '@x-llm/text';
import { Answer, type AnswerOptions } from './answer.ts';
import type { LanguageModel } from './architectures/index.ts';
import { Channel } from './channel.ts';
import type { EmbeddingCache } from './embedding-cache.ts';
import { EngineError } from './error.ts';
import type { LanguageRunner } from './language-runner.ts';
import type { EncodedPrompt, Prompt, PromptReader } from './prompt.ts';
import { type Settings, settingsOf } from './request.ts';
import { type FiringUnit, saysAll, timedTokens } from './transcription.ts';
import type {
  EndEvent,
  Engine,
  EngineModel,
  EngineReport,
  GenerateEvent,
  GenerateRequest,
  StartEvent,
  TextEvent,
  TranscribeEvent,
  TranscribeRequest,
} from './types.ts';

export interface EngineParts {
  readonly model: EngineModel;
  readonly generation: BundleManifest['generation'];
  /** What is put right in answers. Transcripts stay as they were written: their tokens have times. */
  readonly cleanUp: CleanUp | undefined;
  /** What the model is asked to write speech down. */
  transcriptionPrompt(language: TranscribeRequest['language']): string;
  /** What speech is heard in. */
  readonly fires: FiringUnit;
  readonly language: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly prompts: PromptReader;
  /** Other engines of this process may have the same. */
  readonly runner: LanguageRunner;
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
  /** Requests that wait or are answered. */
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #draining = false;
  /** Of this engine's own requests. */
  #active = 0;
  #queued = 0;
  #totals = { requests: 0, promptTokens: 0, completionTokens: 0 };

  constructor(parts: EngineParts) {
    this.model = parts.model;
    this.#parts = parts;
  }

  ready(): boolean {
    return !this.#draining;
  }

  stats(): EngineReport {
    const { maxConcurrent, maxQueued, runner, media } = this.#parts;
    return {
      active: this.#active,
      queued: this.#queued,
      queue: runner.slots,
      maxActive: maxConcurrent,
      maxQueued,
      ...this.#totals,
      decodeSteps: runner.scheduler.steps,
      cacheBytes: runner.sessions.cacheBytes,
      media: media.stats(),
    };
  }

  generate(
    request: GenerateRequest,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<GenerateEvent, void, undefined> {
    const { cleanUp } = this.#parts;
    return this.#events(request, options.signal, (end) => end, { cleanUp });
  }

  async *transcribe(
    request: TranscribeRequest,
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncGenerator<TranscribeEvent, void, undefined> {
    const { speech } = this.model;
    if (!speech) {
      throw new EngineError('unsupported_content_part', 'this model has no interface for speech input');
    }
    const { samples, language, prompt, ...settings } = request;
    const { sampleRateHz } = speech;
    const text = prompt ?? this.#parts.transcriptionPrompt(language);
    const given = [{ samples, sampleRateHz }];
    const messages = [{ role: 'user' as const, text, images: [], videos: [], speech: given }];
    const seconds = samples.length / sampleRateHz;
    yield* this.#events(
      { temperature: 0, ...settings, messages },
      signal,
      (end, written, { media }) => ({
        ...end,
        tokens: timedTokens(written, this.#parts.tokenizer, {
          firings: media[0]?.firings ?? [],
          unit: this.#parts.fires,
          durationSeconds: seconds,
        }),
      }),
      settings.maxTokens === undefined
        ? { isAll: ({ mediaRows }) => saysAll(mediaRows.speech, this.#parts.fires) }
        : {},
    );
  }

  async *#events<End extends EndEvent>(
    request: GenerateRequest,
    given: AbortSignal | undefined,
    conclude: Conclude<End>,
    rules: AnswerRules,
  ): AsyncGenerator<StartEvent | TextEvent | End, void, undefined> {
    if (this.#draining) throw draining();
    const { prompts, generation } = this.#parts;
    const settings = settingsOf(request, generation);
    const prompt = prompts.read(request.messages);
    const left = new AbortController();
    const signal = AbortSignal.any([left.signal, this.#closing.signal, ...(given ? [given] : [])]);
    const events = new Channel<StartEvent | TextEvent | End>();
    // Runs by itself: whoever stops asking for events must not keep the slot.
    const done = this.#answer(prompt, settings, signal, events, conclude, rules).then(
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
  async warmUp({ pictures = true }: { readonly pictures?: boolean } = {}): Promise<void> {
    const { imageSize, video, speech } = this.model;
    const size = pictures ? imageSize : 0;
    const black = { rgb: new Uint8Array(3 * size * size), size };
    const silence = { samples: new Float32Array(warmUpSamples), sampleRateHz: 16_000 as const };
    const none = { role: 'user' as const, text: '', images: [], videos: [], speech: [] };
    const messages = [
      size > 0 ? { ...none, images: [black] } : none,
      ...(video && pictures ? [{ ...none, videos: [{ frames: [black] }] }] : []),
      ...(speech ? [{ ...none, speech: [silence] }] : []),
    ];
    for (const message of messages) {
      for await (const _ of this.generate({ messages: [message], maxTokens: 2 }));
    }
    this.#totals = { requests: 0, promptTokens: 0, completionTokens: 0 };
    this.#parts.media.clear();
  }

  async #answer<End extends EndEvent>(
    prompt: Prompt,
    settings: Settings,
    signal: AbortSignal,
    events: Channel<StartEvent | TextEvent | End>,
    conclude: Conclude<End>,
    { isAll, cleanUp }: AnswerRules,
  ): Promise<void> {
    const { prompts, runner, tokenizer, language } = this.#parts;
    const slot = await this.#slot(signal);
    this.#active++;
    try {
      this.#totals.requests++;
      const encoded = await unlessAborted(
        prompts.encode(prompt, (ids) => runner.sessions.embed(ids)),
        signal,
      );
      const { rows, length, mediaRows } = encoded;
      const { image: imageTokens, video: videoTokens, speech: speechTokens } = mediaRows;
      const counts = { promptTokens: length, imageTokens, videoTokens, speechTokens };
      this.#totals.promptTokens += length;
      events.push({ type: 'start', ...counts });
      const answer = new Answer({
        ...settings,
        maxTokens: Math.min(settings.maxTokens, this.model.contextLength - length),
        isAll: isAll?.(encoded),
        endTokens: language.endTokens,
        promptIds: prompt.ids,
        decoder: tokenizer.decoder(),
        cleanUp,
        onText: (text) => events.push({ type: 'text', text }),
      });
      const finishReason = await runner.scheduler.run({ slot, promptLength: length, rows, answer, signal });
      const completionTokens = answer.written.length;
      this.#totals.completionTokens += completionTokens;
      const end: EndEvent = { type: 'end', finishReason, usage: { ...counts, completionTokens } };
      events.push(conclude(end, answer.written, encoded));
    } finally {
      this.#active--;
      runner.slots.give(slot);
    }
  }

  async #slot(signal: AbortSignal): Promise<number> {
    this.#queued++;
    try {
      return await this.#parts.runner.slots.take(signal);
    } finally {
      this.#queued--;
    }
  }
}

/** Half a second. */
const warmUpSamples = 8000;

/** What holds for all answers to a kind of request. */
interface AnswerRules {
  /** When an answer to the prompt says all it can, whatever follows. */
  readonly isAll?: (prompt: EncodedPrompt) => NonNullable<AnswerOptions['isAll']>;
  readonly cleanUp?: CleanUp | undefined;
}

/** Adds to the end of an answer what its kind of request asks for. */
type Conclude<End extends EndEvent> = (
  end: EndEvent,
  written: readonly number[],
  prompt: EncodedPrompt,
) => End;

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
