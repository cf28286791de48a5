import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bundleWorker, type WorkerFiles } from './bundle.ts';
import { workerdConfig } from './config.ts';
import { type Front, startFront } from './front.ts';

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
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: wrangler.compatibility_flags,
    gateway,
    environment: Object.keys(environment),
    assets,
  });

  const front = await startFront(host, port);
  const folder = await mkdtemp(join(tmpdir(), 'x-llm-gateway-'));
  try {
    await writeFiles(join(folder, 'gateway'), gateway);
    if (assets) await writeFiles(join(folder, 'assets'), assets.files);
    await writeFile(join(folder, 'config.capnp'), config);
    const child = spawn(workerdPath, ['serve', join(folder, 'config.capnp'), '--control-fd=3'], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: environment,
    });
    const running = gatewayOf(child, front, host);
    front.target(await untilListening(child, onLog));
    return running;
  } catch (error) {
    front.close();
    throw error;
  } finally {
    // workerd has read everything once it listens.
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, files: WorkerFiles): Promise<void> {
  await mkdir(folder);
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}

/** The port on which workerd listens, once it does. */
function untilListening(child: ChildProcess, onLog: ((line: string) => void) | undefined): Promise<number> {
  const [, stdout, stderr, control] = child.stdio as (Readable | null)[] as [
    null,
    Readable,
    Readable,
    Readable,
  ];
  const complaints: string[] = [];
  createInterface({ input: stdout }).on('line', (line) => onLog?.(line));
  const errors = createInterface({ input: stderr });
  const complain = (line: string) => complaints.push(line);
  errors.on('line', complain);
  errors.on('line', (line) => onLog?.(line));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`workerd did not start:\n${complaints.join('\n')}`)));
    createInterface({ input: control }).on('line', (line) => {
      const { event, port } = JSON.parse(line) as { event: string; port: number };
      if (event !== 'listen') return;
      errors.off('line', complain);
      resolve(port);
    });
  });
}

function gatewayOf(child: ChildProcess, front: Front, host: string): Gateway {
  // If this process ends without stop(), workerd must not stay behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      process.off('exit', kill);
      front.close();
      resolve();
    });
  });
  return {
    url: `http://${host}:${front.port}`,
    port: front.port,
    exited,
    async stop(graceMs = 5_000) {
      front.close();
      child.kill('SIGTERM');
      const timer = setTimeout(kill, graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
