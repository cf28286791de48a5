import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

test('the last line counts tests, and a file that does not load as a failure', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', join(import.meta.dirname, 'fixtures')],
    { encoding: 'utf8', env: { ...process.env, VITEST: undefined } },
  );
  expect(stdout.endsWith('\n2 passed, 2 failed, 3 skipped\n')).toBe(true);
  expect(status).toBe(1);
});
