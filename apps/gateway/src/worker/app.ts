import { type OperationId, Problem, requestId, requestIdHeader, routes } from '@x-llm/contract';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createBackend } from './backend.ts';
import { drain, release } from './body.ts';
import { type Env, readSettings } from './env.ts';
import { handlers } from './handlers.ts';
import { authenticate, singleKey } from './keys.ts';

interface Types {
  Bindings: Env;
  Variables: { requestId: string };
}

const operations = Object.entries(routes) as [OperationId, (typeof routes)[OperationId]][];

/** `/v1/models/{model}` as Hono writes it; a model's id may hold slashes. */
const pattern = (path: string) => path.replace(/\{(\w+)\}/g, ':$1{.+}');

/** What a browser may be told about a response from another origin. */
const exposedHeaders = [requestIdHeader, 'retry-after', 'retry-after-ms', 'x-should-retry'];

function log(line: Record<string, unknown>): void {
  console.log(JSON.stringify(line));
}

export function createApp(): Hono<Types> {
  const app = new Hono<Types>();

  app.use(async (c, next) => {
    const started = Date.now();
    c.set('requestId', requestId(c.req.header(requestIdHeader)));
    try {
      await next();
    } finally {
      release(c.req.raw);
    }
    await drain(c.req.raw);
    c.res.headers.set(requestIdHeader, c.get('requestId'));
    c.res.headers.set('x-content-type-options', 'nosniff');
    log({
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Date.now() - started,
    });
  });
  // Keys travel in a header, never in a cookie, so any page may call with a key that its user gave it.
  app.use(cors({ origin: '*', exposeHeaders: exposedHeaders, maxAge: 86_400 }));

  // Before anything is said about what exists: under /v1 a stranger learns nothing.
  app.use('/v1/*', async (c, next) => {
    await authenticate(c.req.raw, singleKey(readSettings(c.env).apiKey));
    await next();
  });

  for (const [id, { method, path }] of operations) {
    app.on(method.toUpperCase(), pattern(path), async (c) => {
      const settings = readSettings(c.env);
      // The contract leaves /metrics open for a scraper beside the backend; the edge faces the public.
      if (id === 'getMetrics' && !settings.publicMetrics) {
        await authenticate(c.req.raw, singleKey(settings.apiKey));
      }
      const backend = createBackend(settings.backendUrl, settings.backendSecret);
      return handlers[id]({ request: c.req.raw, requestId: c.get('requestId'), backend, settings });
    });
  }
  for (const [, { method, path }] of operations) {
    const allow = method.toUpperCase();
    app.all(pattern(path), (c) => {
      c.header('allow', allow);
      const problem = new Problem('method_not_allowed', { message: `This address takes ${allow}.` });
      return c.json(problem, problem.status);
    });
  }

  app.notFound(async (c) => {
    if (c.env.ASSETS && (c.req.method === 'GET' || c.req.method === 'HEAD')) {
      const asset = await c.env.ASSETS.fetch(c.req.raw);
      // A fetched response's headers are immutable; the middleware above adds some.
      if (asset.status !== 404) return new Response(asset.body, asset);
    }
    return new Problem('not_found').toResponse(c.get('requestId'));
  });

  app.onError((thrown, c) => {
    const problem = Problem.from(thrown);
    if (problem.status >= 500) {
      log({ requestId: c.get('requestId'), code: problem.code, cause: String(problem.cause) });
    }
    return problem.toResponse(c.get('requestId'));
  });

  return app;
}
