import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { addModel } from './testing.ts';

test("the README's example runs", () => {
  const root = path.join(import.meta.dirname, '..');
  const code = /```ts\n(.*?)```/s.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  // Inside the package, so that its name resolves.
  const folder = mkdtempSync(path.join(root, '.readme-'));
  try {
    writeFileSync(path.join(folder, 'add.onnx'), addModel());
    writeFileSync(path.join(folder, 'example.ts'), code);
    const output = execFileSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    expect(output).toBe('float32 [ 3 ] Float32Array(3) [ 11, 22, 33 ]\nFloat32Array(3) [ 12, 24, 36 ]\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
