import { defaultMaxMedia, type MaxMedia } from '@x-llm/contract';
import type { Engine } from '@x-llm/engine';
import type { Logger } from 'pino';

export interface BackendOptions {
  /**
   * The models that requests choose from by name. A promise while they load: until then `/readyz` and questions are
   * answered with 503.
   */
  engines: readonly Engine[] | Promise<readonly Engine[]>;
  /** Asked for as `Authorization: Bearer KEY`. */
  apiKey?: string | undefined;
  /** Shared with the gateway, whose signed requests are then accepted (and, without `apiKey`, only those). */
  innerSecret?: string | undefined;
  limits?: Partial<Limits>;
  logger?: Logger;
}

export interface Limits {
  /** Bodies of this size and more are refused. */
  bodyBytes: number;
  /** Bodies of all requests that wait or are being prepared, and long sounds until they are transcribed, together. */
  bufferedBytes: number;
  mediaPerRequest: MaxMedia;
  /** Pictures decoded at once: each may need 160 MB for a moment. */
  decodesAtOnce: number;
  /** Decoding a sound or a video must be done by then. */
  decodeTimeoutMs: number;
  /** The longest sound that is transcribed. */
  transcriptionSeconds: number;
  /** A whole request must have arrived by then. */
  requestTimeoutMs: number;
  /** An answer must be complete by then. */
  generationTimeoutMs: number;
  /** A client that takes nothing for so long is dropped. */
  stalledClientMs: number;
  /** Between comments on a silent stream; gateways and proxies give up on silence. */
  pingMs: number;
  /** How long the first event may decide the status, before a stream's headers go out without it. */
  headersWithinMs: number;
  /** After SIGTERM, how long running answers may take to end. */
  drainMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 20_000_000,
  bufferedBytes: 256_000_000,
  mediaPerRequest: defaultMaxMedia,
  decodesAtOnce: 2,
  decodeTimeoutMs: 20_000,
  transcriptionSeconds: 10 * 60,
  requestTimeoutMs: 60_000,
  generationTimeoutMs: 5 * 60_000,
  stalledClientMs: 30_000,
  pingMs: 5_000,
  headersWithinMs: 100,
  drainMs: 30_000,
};
