/** One HTTP exchange: address, key, retries, time limit, and errors as classes. */
import { type OperationId, requestIdHeader, routes } from '@x-llm/contract';
import ky, { TimeoutError } from 'ky';
import {
  APIConnectionError,
  APITimeoutError,
  APIUserAbortError,
  errorFromResponse,
  XLLMError,
} from './errors.ts';

export interface ClientOptions {
  /** Sent as `Authorization: Bearer …`. Default: `XLLM_API_KEY`. Null for a server that asks for none. */
  apiKey?: string | null | undefined;
  /** With `/v1`. Default: `XLLM_BASE_URL`, else `http://127.0.0.1:8787/v1`. */
  baseURL?: string | undefined;
  /** Until the server starts to answer; default ten minutes. */
  timeoutMs?: number | undefined;
  /** More attempts after a lost connection, 408, 409, 429 or 5xx; default 2. */
  maxRetries?: number | undefined;
}

export interface RequestOptions {
  /** Aborting it rejects with `APIUserAbortError` and stops the model. */
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  /** Sent along; `x-request-id` is kept by the server. */
  headers?: Record<string, string> | undefined;
}

export interface Exchange {
  parameters?: Record<string, string>;
  json?: object;
  form?: FormData;
}

export interface Answer {
  response: Response;
  requestId: string | null;
}

const defaultTimeoutMs = 10 * 60_000;
const defaultMaxRetries = 2;
/** A server may ask for a longer pause than anyone wants to wait for unseen. */
const maxRetryAfterMs = 60_000;

export class Transport {
  readonly baseURL: string;
  readonly #apiKey: string | null;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    const key = options.apiKey === undefined ? environment('XLLM_API_KEY') : options.apiKey;
    if (key === undefined || key === '') {
      throw new XLLMError(
        'No API key: pass apiKey, or set XLLM_API_KEY. `npm start` prints the one it made.',
      );
    }
    this.#apiKey = key;
    this.#options = options;
    this.baseURL = (options.baseURL ?? environment('XLLM_BASE_URL') ?? 'http://127.0.0.1:8787/v1').replace(
      /\/+$/,
      '',
    );
  }

  /** Sends it until there is an answer worth having. Throws the classes of `errors.ts` and nothing else. */
  async send(id: OperationId, exchange: Exchange, options: RequestOptions): Promise<Answer> {
    const { method, path } = routes[id];
    const maxRetries = options.maxRetries ?? this.#options.maxRetries ?? defaultMaxRetries;
    let response: Response;
    try {
      response = await ky(this.#url(path, exchange.parameters), {
        method,
        headers: {
          ...(this.#apiKey === null ? {} : { authorization: `Bearer ${this.#apiKey}` }),
          ...options.headers,
        },
        ...(exchange.json === undefined ? {} : { json: exchange.json }),
        ...(exchange.form === undefined ? {} : { body: exchange.form }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        timeout: options.timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs,
        throwHttpErrors: false,
        retry: {
          limit: maxRetries,
          methods: ['get', 'post'],
          // Only failures to connect or to answer in time come here; runtimes name them differently.
          shouldRetry: () => options.signal?.aborted !== true,
          delay: backoffMs,
        },
        hooks: {
          afterResponse: [
            (_request, _options, answer, { retryCount }) =>
              retryCount < maxRetries && shouldRetry(answer)
                ? ky.retry({ delay: retryAfterMs(answer.headers) ?? backoffMs(retryCount + 1) })
                : undefined,
          ],
        },
      });
    } catch (error) {
      throw connectionError(error, this.baseURL, options.signal);
    }
    const requestId = response.headers.get(requestIdHeader);
    if (!response.ok) throw await errorFromResponse(response, requestId);
    return { response, requestId };
  }

  /** Sends it for a stream, which the controller ends. */
  async open(
    id: OperationId,
    exchange: Exchange,
    options: RequestOptions,
  ): Promise<[answer: Answer, controller: AbortController, signal: AbortSignal]> {
    const controller = new AbortController();
    const signal =
      options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);
    return [await this.send(id, exchange, { ...options, signal }), controller, signal];
  }

  #url(path: string, parameters: Record<string, string> = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters[name] ?? ''),
    );
    return this.baseURL + filled.replace(/^\/v1(?=\/)/, '');
  }
}

/** What was thrown while talking, as one of our classes. */
export function connectionError(error: unknown, baseURL: string, signal?: AbortSignal): XLLMError {
  if (error instanceof XLLMError) return error;
  if (signal?.aborted === true) return new APIUserAbortError('The request was aborted.', { cause: error });
  if (error instanceof TimeoutError)
    return new APITimeoutError('The server did not answer in time.', { cause: error });
  return new APIConnectionError(`No answer from ${baseURL}; is the server running?`, { cause: error });
}

/** The server knows best; else the statuses that may pass. */
function shouldRetry({ status, headers }: Response): boolean {
  const told = headers.get('x-should-retry');
  if (told === 'true') return true;
  if (told === 'false') return false;
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** `retry-after-ms`, or `retry-after` as seconds or a date; undefined when absent, unreadable or too long. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const ms = headers.get('retry-after-ms');
  const after = headers.get('retry-after');
  const wait = ms !== null ? Number(ms) : after === null ? Number.NaN : Number(after) * 1000;
  const chosen = Number.isNaN(wait) && after !== null ? Date.parse(after) - now : wait;
  return chosen >= 0 && chosen <= maxRetryAfterMs ? chosen : undefined;
}

/** 0.5 s, 1 s, 2 s … up to 8 s, each shortened by up to a quarter so that clients do not come back together. */
function backoffMs(attempt: number): number {
  return Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - Math.random() / 4);
}

/** Workers and browsers may have no `process`. */
function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name];
}
