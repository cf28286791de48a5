import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { largePagesEnvironment } from './large-pages.ts';

const wanted = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

test('commands that hold a model ask for large pages, once, on Linux', () => {
  const env = { HOME: '/home/someone' };
  const again = largePagesEnvironment('serve', env, 'linux');
  expect(again).toEqual({ ...env, ...wanted });
  expect(largePagesEnvironment('serve', again ?? {}, 'linux')).toBeUndefined();
  expect(largePagesEnvironment('inspect', env, 'linux')).toBeUndefined();
  expect(largePagesEnvironment(undefined, env, 'linux')).toBeUndefined();
  expect(largePagesEnvironment('serve', env, 'darwin')).toBeUndefined();
});

test('what else is set stays, and whoever sets it decides', () => {
  const other = { GLIBC_TUNABLES: 'glibc.malloc.arena_max=2' };
  expect(largePagesEnvironment('chat', other, 'linux')).toEqual({
    GLIBC_TUNABLES: 'glibc.malloc.arena_max=2:glibc.malloc.hugetlb=1',
  });
  const off = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=0' };
  expect(largePagesEnvironment('chat', off, 'linux')).toBeUndefined();
});

test.runIf(process.platform === 'linux')(
  'the process that takes the place has the same arguments',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xllm-pages-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const script = join(folder, 'script.mjs');
    await writeFile(
      script,
      `import { runWithLargePages } from ${JSON.stringify(join(import.meta.dirname, 'large-pages.ts'))};
    runWithLargePages();
    console.log(JSON.stringify([process.env.GLIBC_TUNABLES, process.argv.slice(2), process.execArgv]));`,
    );
    const { GLIBC_TUNABLES: _, ...env } = process.env;
    const run = (...args: string[]): unknown =>
      JSON.parse(
        execFileSync(process.execPath, ['--no-deprecation', script, ...args], { env, encoding: 'utf8' }),
      );
    expect(run('chat', 'two words')).toEqual([
      'glibc.malloc.hugetlb=1',
      ['chat', 'two words'],
      ['--no-deprecation'],
    ]);
    expect(run('inspect', 'x')).toEqual([null, ['inspect', 'x'], ['--no-deprecation']]);
  },
);
