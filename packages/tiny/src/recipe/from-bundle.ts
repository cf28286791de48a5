/** The frozen parts of a trained bundle as run folders, so that the interface can be trained without training them. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fullSizes, type RecipeSizes } from './config.ts';
import { isPictureEncoders, readWeights, saveLearntRun } from './learnt.ts';
import type { Runs } from './runs.ts';

/**
 * Unpacks tokenizer, language model and picture encoder from the bundle that the recipe wrote to `bundle` into the run
 * folders. They come without what only their own training needs, the encoder's head and the optimiser's
 * moments: they stay frozen. A copy of an earlier time is replaced. What was trained there, which left a log, is kept if
 * `keepTrained` says so; the step that is `toTrain` then finds its own run or an empty folder.
 */
export async function unpackFrozenParts(
  bundle: string,
  runs: Runs,
  note: (message: string) => void,
  {
    keepTrained = false,
    toTrain,
    sizes = fullSizes,
  }: { keepTrained?: boolean; toTrain?: string | undefined; sizes?: RecipeSizes } = {},
): Promise<void> {
  await mkdir(runs('tokenizer'), { recursive: true });
  await copyFile(join(bundle, 'tokenizer.model'), join(runs('tokenizer'), 'tokenizer.model'));
  const parts = [
    { step: 'llm', file: 'llm.safetensors', belongs: () => true },
    { step: 'encoder', file: 'image.safetensors', belongs: isPictureEncoders },
  ] as const;
  for (const { step, file, belongs } of parts) {
    if (keepTrained && existsSync(join(runs(step), 'log.csv'))) continue;
    if (step === toTrain) {
      await rm(runs(step), { recursive: true, force: true });
      continue;
    }
    const weights = (await readWeights(join(bundle, file))).filter(([name]) => belongs(name));
    await saveLearntRun(runs(step), weights, sizes.updates[step]);
    note(`${step}: ${weights.length} tensors from ${join(bundle, file)}`);
  }
}
