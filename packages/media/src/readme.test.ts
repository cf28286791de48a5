import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test("the README's example for sound runs", () => {
  const root = join(import.meta.dirname, '..');
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs);
  const code = [...blocks].map(([, block = '']) => block).find((block) => block.includes('decodeWav')) ?? '';
  const folder = mkdtempSync(join(root, '.readme-')); // inside the package, so that its name resolves
  try {
    const clips = join(root, '../../tests/parity/golden/frontend-audio/clips');
    copyFileSync(join(clips, 'speech_en.wav'), join(folder, 'speech.wav'));
    writeFileSync(join(folder, 'example.ts'), code);
    const output = execFileSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    expect(output).toBe('[ 148, 80 ] [ 25, 560 ]\n[ 80, 3000 ]\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
