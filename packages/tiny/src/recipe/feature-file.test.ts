import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnPictures } from '../data/testing.ts';
import { openClipFeatures } from './clip-features.ts';
import { encoderConfig, fullSizes, patchCount } from './config.ts';
import { type FeatureFile, openFeatureFile, writeFeatures } from './feature-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'features-'));
});
afterAll(() => rm(folder, { recursive: true }));

const values = patchCount * encoderConfig.width;
const file = (name: string, samples: number): FeatureFile => ({
  path: join(folder, name),
  samples,
  pictures: 2,
  what: 'clips',
  step: 'clips',
});

it('gives the samples asked for, in that order', async () => {
  // Every value of picture p is p / 4.
  const halves = Float16Array.from({ length: 3 * 2 * values }, (_, i) => Math.floor(i / values) / 4);
  await writeFile(join(folder, 'three'), new Uint8Array(halves.buffer));
  await using features = await openFeatureFile(file('three', 3));
  const got = await features.gather([2, 0]);
  expect(got).toHaveLength(2 * 2 * values);
  expect([0, 1, 2, 3].map((picture) => got[(picture + 1) * values - 1])).toEqual([1, 1.25, 0, 0.25]);
});

it('says which step writes what is missing or short', async () => {
  await writeFile(join(folder, 'short'), new Uint8Array(10));
  await expect(openFeatureFile(file('short', 3))).rejects.toThrow(/short: run `xllm train clips` first/);
  await expect(openClipFeatures(drawnPictures(), { sizes: { ...fullSizes, clips: 1 } })).rejects.toThrow(
    /clips-1x8.f16 is missing.*xllm train clips/,
  );
});

it('refuses samples that fill no whole batches, before anything is loaded', async () => {
  const source = (): never => {
    throw new Error('should not be opened');
  };
  await expect(writeFeatures(file('odd', 33), { threads: 1, note: () => {} }, source)).rejects.toThrow(
    /33 clips do not fill batches of 32/,
  );
});
