import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireSpace } from './space.ts';
import { rejection, temporaryFolder } from './testing.ts';

it('what does not fit on the disk is refused before anything is written, also below a folder that is not there', async () => {
  const folder = join(await temporaryFolder(), 'not', 'yet');
  await requireSpace(folder, 1000);
  const { message } = await rejection('no_space', requireSpace(folder, 1e18));
  expect(message).toMatch(
    /yet: 1000000000\.00 GB are needed and [\d.]+ GB free; make room, or write to another disk/,
  );
});
