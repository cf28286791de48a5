import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const bootstrap = join(root, 'scripts/bootstrap.mjs');
const endings = 'scripts/fixtures/endings.ts';

const run = (...args: string[]) => spawnSync(process.execPath, [bootstrap, ...args], { encoding: 'utf8' });

test('runs a TypeScript file on the packaged Node, with its arguments', () => {
  const { stdout, stderr, status } = run(endings, 'version', 'a b', '--c');
  expect(stdout).toMatch(/^v24\.\d+\.\d+ a b,--c\n$/);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('passes exit codes on', () => {
  expect(run(endings, 'code').status).toBe(3);
  expect(run('--bin', 'tsc', '--nonsense').status).toBe(1);
});

test('passes SIGTERM on and waits for the end', async () => {
  const child = spawn(process.execPath, [bootstrap, endings, 'wait'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (text.includes('waiting')) child.kill('SIGTERM');
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(stdout).toBe('waiting\ntold to stop\n');
  expect(code).toBe(0);
});

test.skipIf(process.platform === 'win32')('ends when npm is gone', async () => {
  // As npm does: a shell in between, which alone gets the signal.
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${bootstrap}" ${endings} wait; true`], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (text.includes('waiting')) shell.kill('SIGTERM');
  });
  // The pipe closes when the last process that holds it has ended.
  await new Promise((done) => shell.once('close', done));
  expect(stdout).toBe('waiting\ntold to stop\n');
});

test('explains itself when called wrongly', () => {
  const { stderr, status } = run();
  expect(stderr).toContain('usage: node scripts/bootstrap.mjs FILE.ts');
  expect(status).toBe(1);
  expect(run('--bin', 'no-such-tool').stderr).toContain('there is no no-such-tool in node_modules/.bin');
});
