import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeRandomBundle } from '@x-llm/engine/testing';
import { expect, it, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

it.each<[Record<string, string>, RegExp]>([
  [{}, /XLLM_BUNDLE is not set; point it at a bundle/],
  [{ XLLM_BUNDLE: 'x', PORT: 'many' }, /PORT must be a number/],
  [{ XLLM_BUNDLE: 'x', HOST: '0.0.0.0' }, /needs XLLM_API_KEY or XLLM_BACKEND_SECRET/],
])('with %j it stops and says what to do', async (env, message) => {
  const run = promisify(execFile)(process.execPath, [main], { env });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
});

it('serves all bundles that XLLM_BUNDLE lists', async () => {
  const root = await mkdtemp(join(tmpdir(), 'xllm-main-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folders = ['one', 'two'].map((name) => join(root, name));
  for (const folder of folders) {
    await writeRandomBundle(folder, { image: false });
    const path = join(folder, 'xllm.json');
    const json = await readFile(path, 'utf8');
    if (folder.endsWith('two')) await writeFile(path, json.replace('"random-model"', '"other-model"'));
  }
  const env = { ...process.env, XLLM_BUNDLE: folders.join(delimiter), PORT: '0' };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const lines: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const entry: Record<string, unknown> = JSON.parse(line);
    lines.push(entry);
    if (entry['msg'] === 'ready') child.kill('SIGTERM');
  }
  expect(await exited).toBe(0);
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'ready', models: ['random-model', 'other-model'] }),
  );
});
