import type { Bundle } from '@x-llm/checkpoint';
import type { Modality } from '@x-llm/models';
import type { Runtime, SessionOptions } from '@x-llm/ort';
import type { EmbeddingCache } from '../embedding-cache.ts';
import type { SharedParts } from '../shared-parts.ts';
import type { EngineMessage } from '../types.ts';
import type { PictureEncoder } from './pictures.ts';

/** When a token of speech was said. */
export interface Firing {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What one picture (sound, film) became. */
export interface Encoded {
  /** How many rows there are. */
  readonly count: number;
  /** [count, hidden], row by row. */
  readonly rows: Float32Array;
  /** When each row was said; of speech only. */
  readonly firings?: readonly Firing[];
}

/** One picture (sound, film) of a request, checked and ready to be encoded. */
export interface MediaItem {
  readonly modality: Modality;
  /** Rows it will take in the prompt at the least, between its tags: how many speech takes shows when it is encoded. */
  readonly leastRows: number;
  /** From the cache when the same content was encoded before. */
  encode(): Promise<Encoded>;
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
  /** Sessions that several models of this process may have in common. */
  readonly parts: SharedParts;
  /** What looks at pictures and at the frames of videos; undefined when the bundle has nothing that does. */
  readonly pictures: PictureEncoder | undefined;
}

/** A modality: where its media stand in a message, and how its interface is loaded. */
export interface ModalityDefinition {
  /** The field of a message. */
  readonly field: 'images' | 'videos' | 'speech';
  /** Undefined when the bundle has no such interface. */
  load(context: InterfaceContext): Promise<MediaInterface | undefined>;
}
