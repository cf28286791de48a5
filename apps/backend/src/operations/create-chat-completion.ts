import { randomUUID } from 'node:crypto';
import { chunks, completion } from '../chat/answer.ts';
import { prepareChat } from '../chat/prepare.ts';
import type { Handler } from '../handler.ts';
import { startRun } from '../run.ts';

export const createChatCompletion: Handler<'createChatCompletion'> = async (context, services) => {
  const { engine, request, generate, fieldOf } = await prepareChat(context, services);
  const head = {
    id: `chatcmpl-${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1000),
    model: engine.model.id,
  };
  const events = await startRun(
    (signal) => engine.generate(generate, { signal }),
    fieldOf,
    context,
    services,
  );
  context.handOver();
  return request.stream === true
    ? { events: chunks(events, head, request.stream_options?.include_usage === true) }
    : { json: await completion(events, head) };
};
