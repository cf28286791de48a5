import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bundleWorker, type WorkerFiles } from './bundle.ts';
import { workerdConfig } from './config.ts';

export interface GatewayOptions {
  /** 0 takes any free port. */
  port: number;
  /** Default 127.0.0.1: this machine only. */
  host?: string;
  apiKey: string;
  backendUrl: string;
  backendSecret: string;
  /** Folder of the playground's built files; without it there is no page. */
  assetsDirectory?: string;
  /** Side of the model's pictures in pixels; without it the backend is asked. */
  imageSize?: number;
  /** Serve `/metrics` without a key. */
  publicMetrics?: boolean;
  /** Called for every line that the gateway logs; without it they are dropped. */
  onLog?: (line: string) => void;
}

export interface Gateway {
  url: string;
  port: number;
  /** Resolves when workerd has ended, however it came about. */
  exited: Promise<void>;
  /** Lets running requests end, for at most `graceMs` (default 5000), then ends workerd. */
  stop(graceMs?: number): Promise<void>;
}

/** CommonJS, and interop differs between loaders; `require` does not. */
const require = createRequire(import.meta.url);
const { default: workerdPath } = require('workerd') as { default: string };

const gatewayFolder = new URL('../../', import.meta.url);

interface WranglerConfig {
  compatibility_date: string;
  compatibility_flags: string[];
}

/**
 * Runs the gateway in workerd, the runtime that Cloudflare runs, on this machine: the same code and
 * compatibility settings that wrangler deploys. Starts in well under two seconds and needs no network.
 *
 *     const gateway = await startGateway({ port: 8787, apiKey, backendUrl, backendSecret });
 *     console.log(gateway.url);
 *     await gateway.stop();
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { port, host = '127.0.0.1', assetsDirectory, onLog } = options;
  const wrangler = JSON.parse(
    await readFile(new URL('wrangler.jsonc', gatewayFolder), 'utf8'),
  ) as WranglerConfig;
  const [gateway, assets] = await Promise.all([
    bundleWorker(new URL('../worker/index.ts', import.meta.url)),
    assetsDirectory === undefined
      ? undefined
      : bundleWorker(new URL('assets-worker.ts', import.meta.url)).then((files) => ({
          directory: resolve(assetsDirectory),
          files,
        })),
  ]);
  const environment: Record<string, string> = {
    XLLM_API_KEY: options.apiKey,
    BACKEND_URL: options.backendUrl,
    BACKEND_SECRET: options.backendSecret,
    ...(options.imageSize !== undefined && { XLLM_IMAGE_SIZE: String(options.imageSize) }),
    ...(options.publicMetrics && { XLLM_PUBLIC_METRICS: '1' }),
  };
  const config = workerdConfig({
    host,
    port,
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: wrangler.compatibility_flags,
    gateway,
    environment: Object.keys(environment),
    assets,
  });

  const folder = await mkdtemp(join(tmpdir(), 'x-llm-gateway-'));
  try {
    await writeFiles(join(folder, 'gateway'), gateway);
    if (assets) await writeFiles(join(folder, 'assets'), assets.files);
    await writeFile(join(folder, 'config.capnp'), config);
    const child = spawn(
      workerdPath,
      ['serve', join(folder, 'config.capnp'), '--control-fd=3', ...(assets ? ['--experimental'] : [])],
      { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: environment },
    );
    return await untilListening(child, host, onLog);
  } finally {
    // workerd has read everything once it listens.
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, files: WorkerFiles): Promise<void> {
  await mkdir(folder);
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}

function untilListening(
  child: ChildProcess,
  host: string,
  onLog: ((line: string) => void) | undefined,
): Promise<Gateway> {
  const [, stdout, stderr, control] = child.stdio as (Readable | null)[] as [
    null,
    Readable,
    Readable,
    Readable,
  ];
  const complaints: string[] = [];
  let listening = false;
  createInterface({ input: stdout }).on('line', (line) => onLog?.(line));
  createInterface({ input: stderr }).on('line', (line) => {
    if (!listening) complaints.push(line);
    onLog?.(line);
  });

  // If this process ends without stop(), workerd must not stay behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const exited = new Promise<void>((done) => {
    child.once('close', () => {
      process.off('exit', kill);
      done();
    });
  });

  return new Promise<Gateway>((succeed, fail) => {
    child.once('error', fail);
    void exited.then(() => fail(new Error(startFailure(complaints))));
    createInterface({ input: control }).on('line', (line) => {
      const event = JSON.parse(line) as { event: string; port: number };
      if (event.event !== 'listen') return;
      listening = true;
      const { port } = event;
      succeed({
        url: `http://${host}:${port}`,
        port,
        exited,
        stop: (graceMs) => stop(child, exited, graceMs),
      });
    });
  });
}

function startFailure(complaints: string[]): string {
  const said = complaints.join('\n');
  if (/address already in use/i.test(said)) {
    return 'The gateway cannot listen: the port is taken. Set PORT to another one.';
  }
  return `workerd did not start:\n${said}`;
}

async function stop(child: ChildProcess, exited: Promise<void>, graceMs = 5_000): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
