import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test("the README's example runs", () => {
  const root = join(import.meta.dirname, '..');
  const code = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  const folder = mkdtempSync(join(root, '.readme-')); // inside the package, so that its name resolves
  try {
    writeFileSync(join(folder, 'example.ts'), code);
    const output = execFileSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    expect(output.split('\n')).toEqual([
      "float32 [ 'B', 'T', 3 ]",
      'true',
      'GraphError: MatMul: inner dimensions 3 and 4 of [B,T,3] and [4,2] differ (head)',
      '',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
