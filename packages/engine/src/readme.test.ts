import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeRandomBundle } from './testing/random-bundle.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

it("the README's example runs", async () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const picture = join(root, '../../tests/parity/golden/frontend-image/images/rgba.png');
  // Inside the package, so that its name resolves.
  const folder = mkdtempSync(join(root, '.readme-'));
  try {
    await writeRandomBundle(join(folder, 'bundle'));
    copyFileSync(picture, join(folder, 'cat.png'));
    writeFileSync(join(folder, 'example.ts'), code);
    const output = execFileSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    expect(output).toMatch(
      /(stop|length) \{\s+promptTokens: \d+,\s+imageTokens: 4,[^}]*completionTokens: \d+\s+\}\n$/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("the README's manifest is one that the engine writes for its tests", async () => {
  const folder = mkdtempSync(join(root, '.readme-'));
  try {
    await writeRandomBundle(folder, { video: true, speech: true });
    const shown = JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? '');
    const written = JSON.parse(readFileSync(join(folder, 'xllm.json'), 'utf8'));
    const keys = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, inner]) => [key, keys(inner)])
              .sort(),
          )
        : null;
    expect(keys({ ...shown, files: null })).toEqual(keys({ ...written, files: null }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
