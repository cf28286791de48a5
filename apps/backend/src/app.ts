/** The HTTP surface: routes from the contract, and around each handler the id, key, limits, log and errors. */
import { type OperationId, Problem, requestId, requestIdHeader, routes } from '@x-llm/contract';
import { Hono, type Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import type { Reply, Services } from './handler.ts';
import type { Authority } from './http/auth.ts';
import { readBody } from './http/body.ts';
import { eventStream } from './http/sse.ts';
import { operations } from './operations/index.ts';
import { RequestRecord } from './record.ts';

export interface AppParts {
  services: Services;
  authority: Authority;
  log: Logger;
  /** Aborted when running answers must stop. */
  stop: AbortSignal;
  /** Told of each request; the returned function is called at its end. */
  track(): () => void;
}

const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
};

export function createApp(parts: AppParts): Hono {
  const app = new Hono();
  const byPath = Map.groupBy(Object.keys(routes) as OperationId[], (id) => routes[id].path);
  for (const [path, ids] of byPath) {
    const pattern = path.replace(/\{(\w+)\}/g, ':$1{.+}'); // a model's id may hold slashes
    for (const id of ids) app.on(routes[id].method.toUpperCase(), pattern, (c) => answer(id, c, parts));
    const allow = ids.map((id) => routes[id].method.toUpperCase()).join(', ');
    app.all(pattern, (c) => {
      const response = new Problem('method_not_allowed').toResponse(requestId(c.req.header(requestIdHeader)));
      response.headers.set('allow', allow);
      return response;
    });
  }
  app.notFound((c) => new Problem('not_found').toResponse(requestId(c.req.header(requestIdHeader))));
  return app;
}

async function answer<Id extends OperationId>(id: Id, c: HonoContext, parts: AppParts): Promise<Response> {
  const { services } = parts;
  const request = c.req.raw;
  const name = requestId(request.headers.get(requestIdHeader));
  const run = new AbortController();
  const record = new RequestRecord(
    id,
    parts.log.child({ requestId: name }),
    services.metrics,
    request.signal,
  );
  try {
    record.onEnd(parts.track());
    const { body, handOver } = await receive(id, request, record, parts);
    const reply: Reply<Id> = await operations[id](
      {
        request,
        parameters: c.req.param(),
        body,
        signal: AbortSignal.any([request.signal, parts.stop, run.signal]),
        note: (facts) => record.note(facts),
        hold: (sizeBytes) => record.onEnd(services.admission.hold(sizeBytes)),
        handOver,
      },
      services,
    );
    if ('events' in reply) {
      const stream = eventStream(reply.events, {
        ...services.limits,
        abort: (reason) => run.abort(reason),
        onEnd: (failure) => record.end(failure),
      });
      return new Response(stream, { headers: { ...eventStreamHeaders, [requestIdHeader]: name } });
    }
    record.end();
    return 'json' in reply
      ? Response.json(reply.json, { headers: { [requestIdHeader]: name } })
      : new Response(reply.text, { headers: { 'content-type': reply.type, [requestIdHeader]: name } });
  } catch (error) {
    record.end(error);
    return Problem.from(error).toResponse(name);
  }
}

/** The key is looked at before anything is read; a signature covers the body, so it comes after. */
async function receive(
  id: OperationId,
  request: Request,
  record: RequestRecord,
  { services, authority }: AppParts,
) {
  const { requiresKey, method } = routes[id];
  if (requiresKey) authority.screen(request);
  if ((method as string) === 'get') {
    const body = new Uint8Array();
    if (requiresKey) await authority.authorise(request, body);
    return { body, handOver: () => {} };
  }
  const ticket = services.admission.admit(services.models().stats());
  record.onEnd(ticket.release);
  const body = await readBody(request, services.limits.bodyBytes, ticket.reserve);
  if (requiresKey) await authority.authorise(request, body);
  return { body, handOver: ticket.release };
}
