import { createBackend } from '@x-llm/backend';
import { apiKeyFrom } from './api-key.ts';
import { createLogger, loadModel } from './model.ts';
import { findBundle, paths } from './paths.ts';
import { expectFree } from './port.ts';
import { aborted, stopSignal } from './stop.ts';

export interface ServeOptions {
  port: number;
  host: string;
  bundle: string | undefined;
}

/** `xllm serve`: the model's own HTTP server; runs until Ctrl-C or SIGTERM, then lets answers end. */
export async function serveModel({ port, host, bundle }: ServeOptions): Promise<void> {
  const stop = stopSignal();
  const folder = findBundle(bundle);
  await expectFree(port, host);
  const innerSecret = process.env['XLLM_BACKEND_SECRET'];
  const apiKey =
    innerSecret === undefined || process.env['XLLM_API_KEY'] !== undefined
      ? await apiKeyFrom(paths.apiKey)
      : undefined;
  const engine = loadModel(folder);
  const logger = createLogger('info');
  const running = await createBackend({ engine, apiKey, innerSecret, logger }).serve({ port, host });
  try {
    await engine;
    console.log(`Serving on ${running.url}/v1. Ctrl-C stops it.`);
    await aborted(stop);
  } finally {
    await running.close();
  }
}
