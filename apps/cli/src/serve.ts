import { createBackend } from '@x-llm/backend';
import { apiKeyFrom } from './api-key.ts';
import { createLogger, loadModels } from './model.ts';
import { findBundles, paths } from './paths.ts';
import { expectFree } from './port.ts';
import { aborted, stopSignal } from './stop.ts';

export interface ServeOptions {
  port: number;
  host: string;
  bundles: readonly string[] | undefined;
}

/** `xllm serve`: the HTTP server of one model or several; runs until Ctrl-C or SIGTERM, then lets answers end. */
export async function serveModel({ port, host, bundles }: ServeOptions): Promise<void> {
  const stop = stopSignal();
  const folders = findBundles(bundles);
  await expectFree(port, host);
  const innerSecret = process.env['XLLM_BACKEND_SECRET'];
  const apiKey =
    innerSecret === undefined || process.env['XLLM_API_KEY'] !== undefined
      ? await apiKeyFrom(paths.apiKey)
      : undefined;
  const engines = loadModels(folders);
  const logger = createLogger('info');
  const running = await createBackend({ engines, apiKey, innerSecret, logger }).serve({ port, host });
  try {
    const names = (await engines).map(({ model }) => model.id).join(', ');
    console.log(`Serving ${names} on ${running.url}/v1. Ctrl-C stops it.`);
    await aborted(stop);
  } finally {
    await running.close();
  }
}
