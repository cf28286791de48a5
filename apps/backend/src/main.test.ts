import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

it.each<[Record<string, string>, RegExp]>([
  [{}, /XLLM_BUNDLE is not set; point it at a bundle/],
  [{ XLLM_BUNDLE: 'x', PORT: 'many' }, /PORT must be a number/],
  [{ XLLM_BUNDLE: 'x', HOST: '0.0.0.0' }, /needs XLLM_API_KEY or XLLM_BACKEND_SECRET/],
])('with %j it stops and says what to do', async (env, message) => {
  const run = promisify(execFile)(process.execPath, [main], { env });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
});
