/** Everything put together: engines behind the contract. */
import { Problem } from '@x-llm/contract';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { Admission } from './admission.ts';
import { createApp } from './app.ts';
import type { Services } from './handler.ts';
import { createAuthority } from './http/auth.ts';
import { listen } from './http/server.ts';
import { createImagePool } from './images/pool.ts';
import { createMetrics } from './metrics.ts';
import { Models } from './models.ts';
import { type BackendOptions, defaultLimits } from './options.ts';

export interface Backend {
  /** The HTTP surface without a socket: `app.fetch(request)`. */
  readonly app: Hono;
  serve(options?: { port?: number; host?: string }): Promise<RunningBackend>;
}

export interface RunningBackend {
  readonly url: string;
  readonly port: number;
  /**
   * Refuses new questions, lets running answers end (at most `drainMs`), then closes the connections and the
   * engines. May be called again.
   */
  close(): Promise<void>;
}

/**
 * The backend for one model or several.
 *
 *     const running = await createBackend({ engines: await loadEngines([folder]) }).serve({ port: 8788 });
 */
export function createBackend({
  engines: given,
  apiKey,
  innerSecret,
  logger,
  ...options
}: BackendOptions): Backend {
  const limits = { ...defaultLimits, ...options.limits };
  const log = logger ?? pino();
  const admission = new Admission(limits.bufferedBytes);
  const stop = new AbortController();
  const running = new Set<symbol>();
  let idle = () => {};
  let draining = false;
  let models: Models | undefined;
  if ('then' in given) {
    // Whoever gave the promise hears of its failure; here it only stays "not ready".
    given.then(
      (engines) => {
        models = new Models(engines);
      },
      () => undefined,
    );
  } else {
    models = new Models(given);
  }

  const services: Services = {
    models() {
      if (draining) throw new Problem('draining');
      if (models?.ready() !== true) throw new Problem('not_ready');
      return models;
    },
    admission,
    images: createImagePool(limits.decodesAtOnce),
    metrics: createMetrics(
      () => models?.stats(),
      () => admission.preparing,
    ),
    limits,
  };
  const app = createApp({
    services,
    authority: createAuthority({ apiKey, innerSecret }),
    log,
    stop: stop.signal,
    track() {
      const me = Symbol();
      running.add(me);
      return () => {
        running.delete(me);
        if (running.size === 0) idle();
      };
    },
  });

  async function drained(): Promise<void> {
    if (running.size === 0) return;
    const all = new Promise<void>((resolve) => {
      idle = resolve;
    });
    // Answers stop at the limit; a client that still sends its body a moment later is cut off.
    const late = setTimeout(() => stop.abort(new Problem('draining')), limits.drainMs);
    const tooLate = setTimeout(() => idle(), limits.drainMs + 1_000);
    await all;
    clearTimeout(late);
    clearTimeout(tooLate);
  }

  return {
    app,
    async serve({ port, host } = {}) {
      const listening = await listen((request) => app.fetch(request), {
        ...(port === undefined ? {} : { port }),
        ...(host === undefined ? {} : { host }),
        requestTimeoutMs: limits.requestTimeoutMs,
      });
      log.info({ url: listening.url }, 'listening');
      let closing: Promise<void> | undefined;
      const close = async () => {
        draining = true;
        log.info({ running: running.size }, 'draining');
        await drained();
        await listening.close();
        await services.images.close();
        await models?.close();
        log.info('closed');
      };
      return { url: listening.url, port: listening.port, close: () => (closing ??= close()) };
    },
  };
}
