import type { Provider } from '@x-llm/ort';
import type { SharedParts } from './shared-parts.ts';

export interface EngineOptions {
  /** Where the model runs; the CPU unless given. */
  readonly provider?: Provider;
  /** Threads that share one run's work; the physical cores unless given. */
  readonly threads?: number;
  /** Answers written at once, each with its slot of the cache. Default 4. */
  readonly maxConcurrent?: number;
  /** Requests that wait for a slot; more are refused with `overloaded`. Default 32. */
  readonly maxQueued?: number;
  /** Tokens of question and answer together, at most what the model was made for, which is the default. */
  readonly contextLength?: number;
  /** Memory for encoded media. Default 64 MiB. */
  readonly mediaCacheBytes?: number;
  /** Compare the bundle's files with their SHA-256. Default true. */
  readonly verify?: boolean;
  /**
   * Where this model's parts are shared with other models of the process: a language model with its slots and queue (when
   * the options are the same, too), encoders, interfaces. Its own unless given.
   */
  readonly parts?: SharedParts;
}

export const defaultOptions = {
  provider: 'cpu',
  maxConcurrent: 4,
  maxQueued: 32,
  mediaCacheBytes: 64 * 2 ** 20,
  verify: true,
} as const satisfies EngineOptions;
