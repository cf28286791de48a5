import { relative } from 'node:path';
import type { Engine } from '@x-llm/engine';
import { buildPlayground } from '@x-llm/playground';
import { apiKeyFrom } from './api-key.ts';
import { createLogger, loadModels } from './model.ts';
import { findBundles, paths } from './paths.ts';
import { expectFree } from './port.ts';
import { aborted, stopSignal } from './stop.ts';
import { startSystem } from './system.ts';

export interface StartOptions {
  port: number;
  bundles: readonly string[] | undefined;
}

/** `npm start`: runs until Ctrl-C. */
export async function startAll({ port, bundles }: StartOptions): Promise<void> {
  const stop = stopSignal();
  const started = performance.now();
  const folders = findBundles(bundles);
  await expectFree(port, '127.0.0.1');
  const apiKey = await apiKeyFrom(paths.apiKey);
  console.log('Starting the model, the gateway and the page …');

  const engines = loadModels(folders);
  engines.catch(() => undefined);
  const { directory } = await buildPlayground();
  const system = await startSystem({
    engines,
    port,
    apiKey,
    assetsDirectory: directory,
    logger: createLogger('warn'),
  });
  try {
    await Promise.race([system.ready, system.failed, aborted(stop)]);
    if (!stop.aborted) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(announcement(system.url, apiKey, await engines, seconds));
      await Promise.race([system.failed, aborted(stop)]);
    }
    console.log('\nStopping …');
  } finally {
    await system.stop();
  }
}

function announcement(url: string, apiKey: string, engines: readonly Engine[], seconds: string): string {
  const bold = (text: string) => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);
  const keyFile = process.env['XLLM_API_KEY'] ? 'XLLM_API_KEY' : relative(process.cwd(), paths.apiKey);
  return [
    '',
    `  Open   ${bold(`${url}/#key=${encodeURIComponent(apiKey)}`)}`,
    '',
    `  API    ${url}/v1`,
    `  Key    ${apiKey}   (from ${keyFile})`,
    `  Model  ${engines.map(({ model }) => model.id).join(', ')}, ready after ${seconds} s`,
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}
