/** The built package: in Node, in a bundle for browsers, in workerd, and in the eyes of a TypeScript user. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chunk, sendEvent, serve, startEvents } from './testing/server.ts';

/** Runs to the end; a failure shows what the program said. */
const run = (file: string, args: string[], cwd: string) =>
  promisify(execFile)(file, args, { cwd }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${args.join(' ')}\n${error.stdout}${error.stderr}`);
  });
const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { default: workerd } = require('workerd') as { default: string }; // it has no types
const binary = (pkg: string, path: string) => join(dirname(require.resolve(`${pkg}/package.json`)), path);

let folder: string;
let dist: string;
beforeAll(async () => {
  // Inside the package, so that its dependencies resolve as they would after an installation.
  await mkdir(join(root, 'dist'), { recursive: true });
  folder = await mkdtemp(join(root, 'dist/test-'));
  dist = join(folder, 'node_modules/@x-llm/sdk');
  await run(process.execPath, [binary('tsup', 'dist/cli-default.js'), '--out-dir', dist], root);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const script = `
  import { XLLM, audio, image, RateLimitError } from '@x-llm/sdk';
  export async function ask(baseURL: string): Promise<string> {
    const client = new XLLM({ apiKey: 'key', baseURL, maxRetries: 0 });
    const picture = await image(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]));
    const stream = await client.chat.completions.create({
      model: 'x-llm-tiny', stream: true, messages: [{ role: 'user', content: [picture, await audio(new Uint8Array([0x66, 0x4c, 0x61, 0x43]))] }],
    });
    let text = '';
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
    return text + (new RateLimitError({ status: 429, message: '' }) instanceof Error ? '!' : '?');
  }
`;

const workerdConfig = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")],
      compatibilityDate = "2025-09-01",
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

const server = () =>
  serve((response) => {
    startEvents(response);
    for (const event of [chunk('a '), chunk('fox', 'stop'), '[DONE]']) sendEvent(response, event);
    response.end();
  });

async function bundle(platform: 'node' | 'browser', conditions: string[], tail = '') {
  const { outputFiles } = await build({
    stdin: { contents: script + tail, loader: 'ts', resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    conditions,
  });
  return outputFiles[0]?.text ?? '';
}

it('runs in Node', async () => {
  const { baseURL } = await server();
  await writeFile(join(folder, 'ask.mjs'), await bundle('node', []));
  const { ask } = (await import(join(folder, 'ask.mjs'))) as { ask: (baseURL: string) => Promise<string> };
  expect(await ask(baseURL)).toBe('a fox!');
});

it('has no node: imports for browsers, and stays small', async () => {
  const code = await bundle('browser', []);
  expect(code).not.toMatch(/["']node:/);
  // The request validators of the contract (75 kB) must not come along.
  expect(code.length).toBeLessThan(90_000);
});

it('runs in workerd', async () => {
  const { baseURL } = await server();
  const worker = await bundle(
    'browser',
    ['workerd'],
    `export default { async fetch() { return new Response(await ask(${JSON.stringify(baseURL)})); } };`,
  );
  await writeFile(join(folder, 'worker.mjs'), worker);
  await writeFile(join(folder, 'config.capnp'), workerdConfig);
  // It tells the port that it was given on the file descriptor we name.
  const child = spawn(workerd, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  try {
    const [line] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
    const { port } = JSON.parse(line.toString()) as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe('a fox!');
  } finally {
    child.kill();
  }
}, 30_000);

it('brings its own types', async () => {
  const types = await readdir(dist).then((names) => names.filter((name) => name.endsWith('.d.ts')));
  for (const name of types) {
    expect(await readFile(join(dist, name), 'utf8'), name).not.toContain('@x-llm/contract');
  }
  await writeFile(join(folder, 'ask.ts'), script);
  const options = '--ignoreConfig --noEmit --strict --target es2022 --module nodenext --types node'.split(
    ' ',
  );
  await run(process.execPath, [binary('typescript', 'bin/tsc'), ...options, join(folder, 'ask.ts')], folder);
}, 60_000);

it('has a manifest fit to publish', async () => {
  const manifest: unknown = JSON.parse(await readFile(join(dist, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: '@x-llm/sdk', dependencies: { ky: expect.any(String) } });
  expect(manifest).not.toHaveProperty('private');
  expect(JSON.stringify(manifest)).not.toContain('@x-llm/contract');
});
