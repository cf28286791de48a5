import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend } from '@x-llm/backend';
import type { Engine } from '@x-llm/engine';
import { startGateway } from '@x-llm/gateway';
import type { Logger } from 'pino';

export interface SystemOptions {
  /** May still be loading. */
  engines: Promise<readonly Engine[]>;
  /** Of the gateway; 0 takes a free one. */
  port: number;
  apiKey: string;
  /** The page's built files. */
  assetsDirectory: string;
  logger: Logger;
}

export interface System {
  readonly url: string;
  /** Resolves when the models answer through the gateway; rejects when they cannot be loaded. */
  readonly ready: Promise<void>;
  /** Rejects when the gateway ends by itself. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/** The whole system on this machine: the models behind a private port, the gateway with the page before it. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { engines, port, apiKey, assetsDirectory, logger } = options;
  // Only the gateway knows it, so nobody else on this machine can talk to the model past it.
  const innerSecret = randomBytes(32).toString('base64url');
  const backend = await createBackend({ engines, innerSecret, logger }).serve();
  const gateway = await startGateway({
    port,
    apiKey,
    backendUrl: backend.url,
    backendSecret: innerSecret,
    assetsDirectory,
    onLog: (line) => logger.debug({ gateway: line }),
  }).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await gateway.stop();
    await backend.close();
  };
  const failed = gateway.exited.then((): Promise<never> => {
    if (stopping === undefined) throw new Error('The gateway (workerd) ended unexpectedly.');
    return new Promise(() => {});
  });
  failed.catch(() => undefined);
  const ready = engines.then(() => answers(gateway.url));
  ready.catch(() => undefined);
  return { url: gateway.url, ready, failed, stop: () => (stopping ??= stop()) };
}

async function answers(url: string): Promise<void> {
  const patienceMs = 30_000;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await delay(50);
  }
  throw new Error(`${url}/readyz did not turn 200 within ${patienceMs / 1000} s of the models being loaded.`);
}
