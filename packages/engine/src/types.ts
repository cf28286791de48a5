/** What callers of an engine see: a request in, a stream of events out. */

export interface Engine {
  readonly model: EngineModel;
  /**
   * Answers a conversation. Nothing runs until the first event is asked for; ending the iteration early (or the
   * signal) stops the work and frees its slot within one step. Throws `EngineError`, or the signal's reason.
   */
  generate(request: GenerateRequest, options?: { signal?: AbortSignal }): AsyncIterable<GenerateEvent>;
  /** Writes down what is said, with the times of its tokens; runs, ends and fails as `generate` does. */
  transcribe(request: TranscribeRequest, options?: { signal?: AbortSignal }): AsyncIterable<TranscribeEvent>;
  stats(): EngineStats;
  /** Whether requests are taken. */
  ready(): boolean;
  /** Stops what is under way and gives the memory back. */
  close(): Promise<void>;
}

export interface EngineModel {
  readonly id: string;
  /** Pictures are this many pixels wide and high; 0 for a model that sees none. */
  readonly imageSize: number;
  /** Videos are up to `frames` pictures, each `size` pixels wide and high; undefined for a model that watches none. */
  readonly video: { readonly frames: number; readonly size: number } | undefined;
  /** Speech is mono and at this rate, up to `maxSeconds`; undefined for a model that hears none. */
  readonly speech: { readonly sampleRateHz: 16_000; readonly maxSeconds: number } | undefined;
  /** Tokens that question, media and answer may take together. */
  readonly contextLength: number;
  /** When the bundle was written: Unix time in seconds. */
  readonly created: number;
}

export interface EngineStats {
  /** Requests that hold a slot. */
  readonly active: number;
  readonly queued: number;
  /** How many may wait in the queue, those of other engines that share it included. */
  readonly maxQueued: number;
  /** Stands for the queue: engines that share a language model have the same. */
  readonly queue: object;
}

/** Everything there is to watch in an engine that runs here. */
export interface EngineReport extends EngineStats {
  readonly maxActive: number;
  /** Since loading: answers begun, tokens read (those of media included) and written. */
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Runs of the decoder, for all engines that share it; fewer than tokens written when answers share a step. */
  readonly decodeSteps: number;
  /** Memory of the keys and values of all slots. */
  readonly cacheBytes: number;
  readonly media: MediaCacheStats;
}

export interface MediaCacheStats {
  readonly entries: number;
  readonly sizeBytes: number;
  readonly maxBytes: number;
  readonly hits: number;
  /** Media that had to be encoded. */
  readonly misses: number;
}

export interface GenerateRequest extends SamplingRequest {
  messages: EngineMessage[];
  /** The most tokens to write; the bundle's default, and never more than the context has room for. */
  maxTokens?: number;
  /** Texts that end the answer and are not part of it. */
  stop?: string[];
}

export interface SamplingRequest {
  /** 0 takes the likeliest token always; the bundle's default when left out. */
  temperature?: number;
  /** Of the likeliest tokens, those that first add up to this probability; the bundle's default when left out. */
  topP?: number;
  /** This many likeliest tokens; the bundle's default when left out, which may be all. */
  topK?: number;
  /**
   * Divides the scores of tokens that were read or written already, or written only if the bundle says so; the bundle's
   * default when left out. 1 changes nothing.
   */
  repetitionPenalty?: number;
  /** Equal requests with equal seeds get equal answers; drawn at random when left out. */
  seed?: number;
}

export interface EngineMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
  images: ImageInput[];
  videos: VideoInput[];
  speech: SpeechInput[];
}

/** A prepared picture, `prepareImage` of @x-llm/media: size · size · 3 bytes. */
export interface ImageInput {
  rgb: Uint8Array;
  size: number;
}

/** Prepared frames in their order, from one to as many as the model takes. */
export interface VideoInput {
  frames: ImageInput[];
}

/** Mono, from −1 to 1. */
export interface SpeechInput {
  samples: Float32Array;
  sampleRateHz: 16_000;
}

export interface TranscribeRequest extends SamplingRequest {
  /** Mono, from −1 to 1, at the rate of `EngineModel.speech`. */
  samples: Float32Array;
  /** The language that is spoken: the model is asked in the way it was taught for it, if there is one. */
  language?: 'en' | 'zh';
  /** What the model is asked in place of the bundle's question. */
  prompt?: string;
  /** The most tokens to write; the bundle's default, and never more than the context has room for. */
  maxTokens?: number;
}

export type GenerateEvent = StartEvent | TextEvent | EndEvent;

export type TranscribeEvent = StartEvent | TextEvent | (EndEvent & { tokens: TimedToken[] });

/** The request has its slot, and its media are encoded. */
export type StartEvent = { type: 'start' } & PromptUsage;

/** Whole characters, never empty. */
export interface TextEvent {
  type: 'text';
  text: string;
}

export interface EndEvent {
  type: 'end';
  finishReason: FinishReason;
  usage: EngineUsage;
}

/** A piece of a transcript, and when it was said. The pieces make up the text. */
export interface TimedToken {
  text: string;
  startSeconds: number;
  endSeconds: number;
}

/** `stop`: the model ended its answer or wrote a stop text. `length`: there was no room for more. */
export type FinishReason = 'stop' | 'length';

export interface PromptUsage {
  /** Of text and media together. */
  promptTokens: number;
  imageTokens: number;
  /** Of all frames together. */
  videoTokens: number;
  speechTokens: number;
}

export interface EngineUsage extends PromptUsage {
  /** Tokens written, without the one that ends the answer. */
  completionTokens: number;
}
