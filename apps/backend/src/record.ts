/** One request's trace: a log line and the metrics, written once, when it is over. */
import { type OperationId, Problem } from '@x-llm/contract';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

export type Facts = Record<string, string | number | boolean>;

/** nginx's number for a client that left; never sent. */
const clientGone = 499;

/** Not ready yet, or not any more: a state that health checks come across all the time, no fault. */
const unavailable = 503;

export class RequestRecord {
  readonly #operation: OperationId;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #client: AbortSignal;
  readonly #started = performance.now();
  readonly #facts: Facts = {};
  readonly #cleanups: (() => void)[] = [];
  #ended = false;

  constructor(operation: OperationId, log: Logger, metrics: Metrics, client: AbortSignal) {
    this.#operation = operation;
    this.#log = log;
    this.#metrics = metrics;
    this.#client = client;
  }

  /** Facts for the log line: ids, counts, times; never what was asked or shown. */
  note(facts: Facts): void {
    Object.assign(this.#facts, facts);
  }

  onEnd(cleanup: () => void): void {
    this.#cleanups.push(cleanup);
  }

  /** `failure` also of a stream whose headers were fine. */
  end(failure?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const cleanup of this.#cleanups) cleanup();
    const problem = failure === undefined ? undefined : Problem.from(failure);
    const status = this.#client.aborted ? clientGone : (problem?.status ?? 200);
    const ms = performance.now() - this.#started;
    this.#metrics.request({ operation: this.#operation, status, seconds: ms / 1000 });
    const line = { operation: this.#operation, status, ms: Math.round(ms), ...this.#facts };
    if (problem === undefined || status === clientGone) this.#log.info(line, 'request');
    else if (problem.status < 500 || problem.status === unavailable)
      this.#log.info({ ...line, code: problem.code, param: problem.param }, 'request');
    else this.#log.error({ ...line, code: problem.code, err: problem.cause ?? problem }, 'request');
  }
}
