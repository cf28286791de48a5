import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBundle } from './bundle/open.ts';
import { readWhole, wholeFileLimits } from './read-whole.ts';
import { temporaryFolder } from './testing.ts';

test('a file is read whole up to the limit, and refused unread above it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'small.json');
  await writeFile(path, '{"a": 1}');
  expect((await readWhole(path, 8)).toString()).toBe('{"a": 1}');
  await expect(readWhole(path, 7)).rejects.toMatchObject({
    code: 'too_large',
    path,
    message: `${path}: has 8 bytes, and at most 7 are read of such a file`,
  });
  await expect(readWhole(join(folder, 'none'), 7)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readWhole(folder, 1e9)).rejects.toMatchObject({ code: 'io' });
});

test('a manifest of gigabytes is refused before it is read', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'xllm.json');
  await writeFile(path, '');
  await truncate(path, 8 * 2 ** 30); // sparse
  await expect(openBundle(folder)).rejects.toMatchObject({ code: 'too_large', path });
  expect(wholeFileLimits.manifest).toBeLessThan(2 ** 30);
});
