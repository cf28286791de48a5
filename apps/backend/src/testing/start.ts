/** A backend on a real socket for one test. */
import type { OperationId } from '@x-llm/contract';
import { type ContractBody, expectContract } from '@x-llm/contract/testing';
import type { Engine } from '@x-llm/engine';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createBackend } from '../backend.ts';
import type { BackendOptions } from '../options.ts';
import { createEchoEngine } from './echo-engine.ts';

export interface Answered {
  status: number;
  headers: Headers;
  body: ContractBody;
  /** The JSON; throws for other bodies. */
  json: unknown;
}

type StartOptions = Partial<BackendOptions> & {
  /** In place of `engines`. */
  engine?: Engine | Promise<Engine>;
};

export async function start(options: StartOptions = {}) {
  const backend = await launch(options);
  onTestFinished(() => backend.running.close());
  return backend;
}

/** The same for several tests; whoever launches it closes it. */
export async function launch({ engine = createEchoEngine(), ...options }: StartOptions = {}) {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    {},
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const engines = Promise.resolve(engine).then((one) => [one]);
  const running = await createBackend({ logger, engines, ...options }).serve();

  /** Sends it and holds the answer against the contract. */
  const call = async (id: OperationId, path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(running.url + path, init);
    const { status, headers } = response;
    const body = await expectContract(id, response);
    return {
      status,
      headers,
      body,
      get json() {
        if (!('json' in body)) throw new Error('not JSON');
        return body.json;
      },
    };
  };
  const chat = (body: unknown, init: RequestInit = {}) =>
    call('createChatCompletion', '/v1/chat/completions', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(init.signal == null ? {} : { signal: init.signal }),
    });
  return { ...running, running, call, chat, lines };
}

export const ask = (content: unknown, more: object = {}) => ({
  model: 'x-llm-tiny',
  messages: [{ role: 'user', content }],
  ...more,
});

/** The slots of an echo engine, when they have settled. */
export async function waitFor(condition: () => boolean, withinMs = 20_000): Promise<number> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > withinMs)
      throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - started;
}
