/**
 * Starts the backend from the environment:
 *
 *     XLLM_BUNDLE=packages/tiny/bundle PORT=8788 node apps/backend/src/main.ts
 */
import { delimiter } from 'node:path';
import { pino } from 'pino';
import { createBackend } from './backend.ts';

const { env } = process;
const log = pino({ level: env['LOG_LEVEL'] ?? 'info' });

const folders = (env['XLLM_BUNDLE'] ?? '').split(delimiter).filter((folder) => folder !== '');
if (folders.length === 0) fail('XLLM_BUNDLE is not set; point it at a bundle, such as packages/tiny/bundle');
const port = Number(env['PORT'] ?? 8788);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`PORT must be a number up to 65535, got ${env['PORT']}`);
const host = env['HOST'] ?? '127.0.0.1';
const apiKey = env['XLLM_API_KEY'];
const innerSecret = env['XLLM_BACKEND_SECRET'];
if (apiKey === undefined && innerSecret === undefined && host !== '127.0.0.1') {
  fail(`listening on ${host} needs XLLM_API_KEY or XLLM_BACKEND_SECRET; without them only 127.0.0.1 is safe`);
}

// Native code is loaded once the settings are known to be good.
const { loadEngines } = await import('@x-llm/engine');
const engines = loadEngines(folders);
const running = await createBackend({ engines, apiKey, innerSecret, logger: log }).serve({ port, host });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.close());
try {
  log.info({ models: (await engines).map(({ model }) => model.id) }, 'ready');
} catch (error) {
  await running.close();
  fail(error instanceof Error ? error.message : String(error));
}

/** The last line says what to do. */
function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
