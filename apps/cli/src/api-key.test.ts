import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiKeyFrom, findApiKey } from './api-key.ts';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'x-llm-key-')), '.xllm', 'api-key');

test('makes a key once, for the owner only, and keeps it', async () => {
  const file = fresh();
  const key = await apiKeyFrom(file, {});
  expect(key).toMatch(/^sk-xllm-[\w-]{32}$/);
  expect(readFileSync(file, 'utf8')).toBe(`${key}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await apiKeyFrom(file, {})).toBe(key);
});

test('XLLM_API_KEY wins, and is not written down', async () => {
  const file = fresh();
  expect(await apiKeyFrom(file, { XLLM_API_KEY: ' sk-mine ' })).toBe('sk-mine');
  expect(() => statSync(file)).toThrow('ENOENT');
  await expect(apiKeyFrom(file, { XLLM_API_KEY: '密钥' })).rejects.toThrow('HTTP header');
});

test('a client takes the option, the environment, the file, in this order', async () => {
  const file = fresh();
  expect(await findApiKey(undefined, file, {})).toBeUndefined();
  const kept = await apiKeyFrom(file, {});
  expect(await findApiKey(undefined, file, {})).toBe(kept);
  expect(await findApiKey(undefined, file, { XLLM_API_KEY: 'sk-env' })).toBe('sk-env');
  expect(await findApiKey('sk-option', file, { XLLM_API_KEY: 'sk-env' })).toBe('sk-option');
});
