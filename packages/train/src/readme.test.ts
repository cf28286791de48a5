import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test("the README's example finds the line, and does nothing when it is run again", () => {
  const root = join(import.meta.dirname, '..');
  const code = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  const folder = mkdtempSync(join(root, '.readme-')); // inside the package, so that its name resolves
  const run = () =>
    execFileSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  try {
    writeFileSync(join(folder, 'example.ts'), code);
    const found = 'layer.weight 3.00\nlayer.bias -1.00\n';
    expect(run()).toBe(found);
    const log = readFileSync(join(folder, 'runs/line/log.csv'), 'utf8');
    expect(log.match(/,loss,/g)).toHaveLength(4);
    expect(run()).toBe(found);
    expect(readFileSync(join(folder, 'runs/line/log.csv'), 'utf8')).toBe(log);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
