import type { Bundle } from '@x-llm/checkpoint';
import type { Modality } from '@x-llm/models';
import type { Runtime, SessionOptions } from '@x-llm/ort';
import type { EmbeddingCache } from '../embedding-cache.ts';
import type { EngineMessage } from '../types.ts';

/** One picture (sound, film) of a request, checked and ready to be encoded. */
export interface MediaItem {
  readonly modality: Modality;
  /** Rows it will take in the prompt, between its tags. */
  readonly rows: number;
  /** The rows, [rows, hidden]; from the cache when the same content was encoded before. */
  encode(): Promise<Float32Array>;
}

/** How one kind of media becomes embeddings of the language model's width. */
export interface MediaInterface {
  /** The media of a message in their order; `place` is where it stands, for the error about one that does not fit. */
  items(message: EngineMessage, place: string): MediaItem[];
  [Symbol.dispose](): void;
}

export interface InterfaceContext {
  readonly bundle: Bundle;
  readonly runtime: Runtime;
  readonly session: SessionOptions;
  readonly hiddenSize: number;
  readonly cache: EmbeddingCache;
}

/** A modality: where its media stand in a message, and how its interface is loaded. */
export interface ModalityDefinition {
  /** The field of a message. */
  readonly field: keyof EngineMessage;
  /** Undefined when the bundle has no such interface. */
  load(context: InterfaceContext): Promise<MediaInterface | undefined>;
}
