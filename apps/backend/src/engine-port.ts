/** What the HTTP layer needs of an engine; `@x-llm/engine` implements it. */

export interface Engine {
  readonly model: EngineModel;
  /** Nothing runs until the first event is asked for. Throws `EngineError`. */
  generate(request: GenerateRequest, options: { signal?: AbortSignal }): AsyncIterable<GenerateEvent>;
  stats(): EngineStats;
  ready(): boolean;
  close(): Promise<void>;
}

export interface EngineModel {
  readonly id: string;
  /** Pictures are this many pixels wide and high. */
  readonly imageSize: number;
  readonly contextLength: number;
  /** Unix time in seconds. */
  readonly created: number;
}

export interface EngineStats {
  readonly active: number;
  readonly queued: number;
  readonly maxQueued: number;
}

export interface GenerateRequest {
  messages: EngineMessage[];
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  topK?: number;
  seed?: number;
  stop?: string[];
}

export interface EngineMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
  images: ImageInput[];
}

/** A prepared picture: size · size · 3 bytes. */
export interface ImageInput {
  rgb: Uint8Array;
  size: number;
}

export type GenerateEvent =
  | { type: 'start'; promptTokens: number; imageTokens: number }
  | { type: 'text'; text: string }
  | { type: 'end'; finishReason: 'stop' | 'length'; usage: EngineUsage };

export interface EngineUsage {
  /** Of text and pictures together. */
  promptTokens: number;
  imageTokens: number;
  completionTokens: number;
}
