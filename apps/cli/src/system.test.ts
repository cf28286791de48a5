import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlayground } from '@x-llm/playground';
import { AuthenticationError, image, XLLM } from '@x-llm/sdk';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newApiKey } from './api-key.ts';
import { type System, startSystem } from './system.ts';
import { type ScriptedEngine, scriptedEngine } from './testing/scripted-engine.ts';

const apiKey = newApiKey();
const engine: ScriptedEngine = scriptedEngine();
const other = scriptedEngine('other');
const loading = Promise.withResolvers<ScriptedEngine[]>();
let system: System;

beforeAll(async () => {
  const { directory } = await buildPlayground(mkdtempSync(join(tmpdir(), 'x-llm-page-')));
  system = await startSystem({
    engines: loading.promise,
    port: 0,
    apiKey,
    assetsDirectory: directory,
    logger: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await system?.stop();
});

test('is not ready before the model is, and then is', async () => {
  expect((await fetch(`${system.url}/readyz`)).status).toBe(503);
  loading.resolve([engine, other]);
  await system.ready;
  expect(await (await fetch(`${system.url}/readyz`)).json()).toEqual({
    status: 'ready',
    models: ['x-llm-tiny', 'other'],
  });
});

test('carries a picture from the client through the gateway to the model, and the answer back', async () => {
  const client = new XLLM({ apiKey, baseURL: `${system.url}/v1` });
  const picture = await image(join(import.meta.dirname, '../../playground/examples/panda.png'));
  const stream = await client.chat.completions.create({
    model: 'x-llm-tiny',
    messages: [{ role: 'user', content: [picture, { type: 'text', text: '这是什么？' }] }],
    stream: true,
  });
  // 48 × 48 × 3 bytes: the gateway made the picture small.
  expect(await stream.text()).toBe('You asked “这是什么？” 48px/6912');
});

test('asks the model that is named, of several', async () => {
  const client = new XLLM({ apiKey, baseURL: `${system.url}/v1` });
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['x-llm-tiny', 'other']);
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const before = engine.requests.length;
  expect(await client.chat.completions.create({ model: 'other', messages })).toMatchObject({
    model: 'other',
  });
  expect([engine.requests.length, other.requests.length]).toEqual([before, 1]);
});

test('lets nobody in without the key', async () => {
  const client = new XLLM({ apiKey: 'sk-other', baseURL: `${system.url}/v1` });
  await expect(client.models.list()).rejects.toThrow(AuthenticationError);
});

test('serves the page', async () => {
  const page = await fetch(`${system.url}/`);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await page.text()).toContain('<div id="app">');
  const example = await fetch(`${system.url}/examples/panda.png`);
  const wanted = readFileSync(join(import.meta.dirname, '../../playground/examples/panda.png'));
  expect(Buffer.from(await example.arrayBuffer()).equals(wanted)).toBe(true);
});

test('frees its port when stopped', async () => {
  await system.stop();
  await expect(fetch(`${system.url}/healthz`)).rejects.toThrow();
});

test('says why when the model cannot be loaded', async () => {
  const broken = await startSystem({
    engines: Promise.reject(new Error('llm.safetensors: cut off')),
    port: 0,
    apiKey,
    assetsDirectory: tmpdir(),
    logger: pino({ level: 'silent' }),
  });
  await expect(broken.ready).rejects.toThrow('llm.safetensors: cut off');
  await broken.stop();
});
