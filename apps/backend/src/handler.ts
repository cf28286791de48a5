/** What a handler gets and what it answers; the registry in `operations/` has one per operation. */
import type { OperationId, ResponseBody } from '@x-llm/contract';
import type { Admission } from './admission.ts';
import type { ImagePool } from './images/pool.ts';
import type { Metrics } from './metrics.ts';
import type { Models } from './models.ts';
import type { Limits } from './options.ts';
import type { Facts } from './record.ts';

/** What all requests share. */
export interface Services {
  /** Throws `Problem('not_ready')` while they load and `Problem('draining')` on the way out. */
  models(): Models;
  readonly admission: Admission;
  readonly images: ImagePool;
  readonly metrics: Metrics;
  readonly limits: Limits;
}

/** One request, authenticated. */
export interface Context {
  readonly request: Request;
  readonly parameters: Readonly<Record<string, string>>;
  /** Empty for those that have none. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Aborted when the client is gone or the server must stop. */
  readonly signal: AbortSignal;
  /** Facts for the request's one log line: ids, counts, times; never what was asked or shown. */
  note(facts: Facts): void;
  /** Counts memory that is kept until the request's end. Throws `Problem('overloaded')`. */
  hold(sizeBytes: number): void;
  /** The engine counts the request from here on; its place at the door is free again. */
  handOver(): void;
}

/** A successful answer, in one of the media types that the contract has for the operation. */
export type Reply<Id extends OperationId> =
  | { json: ResponseBody<Id> }
  | { events: AsyncIterable<ResponseBody<Id, 'text/event-stream'>> }
  | { text: ResponseBody<Id, 'text/plain'> & string; type: string };

/** Refusals and failures are thrown as `Problem`. */
export type Handler<Id extends OperationId> = (
  context: Context,
  services: Services,
) => Reply<Id> | Promise<Reply<Id>>;
