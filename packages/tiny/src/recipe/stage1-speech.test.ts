import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keptInventory } from './stage1-speech.ts';

test('a run keeps the sounds it began with, so that its heads keep their size', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'x-llm-inventory-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = join(folder, 'stage1-speech');
  const first = { syllables: ['ba', 'bi'], phonemes: ['a', 'b', 'i'] };
  expect(await keptInventory(run, first)).toEqual(first);
  const later = { syllables: ['ba', 'be', 'bi'], phonemes: ['a', 'b', 'e', 'i'] };
  expect(await keptInventory(run, later)).toEqual(first);

  await writeFile(join(run, 'inventory.json'), '{"syllables": [1]}');
  await expect(keptInventory(run, first)).rejects.toThrow(/syllables/);
});
