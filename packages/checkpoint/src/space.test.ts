import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireSpace, requireSpaceForAll } from './space.ts';
import { rejection, temporaryFolder } from './testing.ts';

it('what does not fit on the disk is refused before anything is written, also below a folder that is not there', async () => {
  const folder = join(await temporaryFolder(), 'not', 'yet');
  await requireSpace(folder, 1000);
  const { message } = await rejection('no_space', requireSpace(folder, 1e18));
  expect(message).toMatch(
    /yet: 1000000000\.00 GB are needed and [\d.]+ GB free; make room, or write to another disk/,
  );
});

it('what goes to one disk has to fit there together', async () => {
  const folder = await temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const twoThirds = (bavail * bsize * 2) / 3;
  const need = (name: string) => ({ path: join(folder, name), sizeBytes: twoThirds });
  await requireSpaceForAll([need('one')]);
  await rejection('no_space', requireSpaceForAll([need('one'), need('two')]));
});
