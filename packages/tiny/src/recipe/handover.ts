/**
 * What steps learnt, in a folder to carry to another machine or keep in git: of each step its weights in half precision, as
 * they ship, and its log; a tenth of what its run folder has. A recipe that is run with such a folder takes from it the steps
 * that it did not run itself, goes on with one that was stopped, and adds what it did.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { hasCheckpoint, loadWeights, newestCheckpoint } from '@x-llm/train';
import type { RecipeSizes, TrainingStepName } from './config.ts';
import { half, readWeights, saveLearntRun } from './learnt.ts';
import type { Runs } from './runs.ts';
import { inventoryFile } from './stage1-speech.ts';
import { tokenizerFile } from './tokenizer.ts';

const weightsOf = (step: string): string => `${step}.safetensors`;
/** What else a run folder may hold that later steps need, and the card, by what the handover calls it. */
const besides = (step: string) => ({
  [`${step}.csv`]: 'log.csv',
  [`${step}.inventory.json`]: inventoryFile,
});

interface Handover {
  readonly directory: string;
  readonly runs: Runs;
  readonly sizes: RecipeSizes;
  readonly note: (message: string) => void;
}

const isTrainingStep = (step: string, { updates }: RecipeSizes): step is TrainingStepName =>
  Object.hasOwn(updates, step);

/**
 * Makes runs of what the folder holds, where there is no run yet; of a step that was stopped, only where it is going on now,
 * for others must not learn from half of it. The optimiser's moments are not carried: a finished step needs none, and one that
 * was stopped begins with new ones at the rate where it stood.
 *
 * @throws Error when a step learnt for another number of updates than the recipe has, or its file is damaged.
 */
export async function takeOver(
  { directory, runs, sizes, note }: Handover,
  goesOn: (step: string) => boolean = () => true,
): Promise<void> {
  const holds = (file: string): boolean => existsSync(join(directory, file));
  if (holds(tokenizerFile) && !existsSync(join(runs('tokenizer'), tokenizerFile))) {
    await mkdir(runs('tokenizer'), { recursive: true });
    await copyFile(join(directory, tokenizerFile), join(runs('tokenizer'), tokenizerFile));
  }
  for (const step of Object.keys(sizes.updates)) {
    if (!isTrainingStep(step, sizes) || !holds(weightsOf(step)) || (await hasCheckpoint(runs(step))))
      continue;
    const path = join(directory, weightsOf(step));
    const { updates, of } = await learntFor(path);
    if (of !== sizes.updates[step]) {
      throw new Error(
        `${path} is of ${of} updates where the recipe has ${sizes.updates[step]}: delete it to train ${step} again`,
      );
    }
    if (updates < of && !goesOn(step)) continue;
    await mkdir(runs(step), { recursive: true });
    for (const [kept, own] of Object.entries(besides(step)))
      if (holds(kept)) await copyFile(join(directory, kept), join(runs(step), own));
    await saveLearntRun(runs(step), await readWeights(path), updates); // last: it says that the step is there
    note(`${step}: ${updates === of ? updates : `${updates} of ${of}`} updates from ${path}`);
  }
}

/** For how many updates a step learnt, and for how many it is to. */
async function learntFor(path: string): Promise<{ readonly updates: number; readonly of: number }> {
  using file = await openSafetensors(path);
  const { updates = '', of = updates } = file.metadata;
  const [done, all] = [Number(updates || Number.NaN), Number(of)];
  if (Number.isSafeInteger(done) && Number.isSafeInteger(all)) return { updates: done, of: all };
  throw new Error(`${path} does not say for how many updates it learnt: it is no handover`);
}

/**
 * Adds a step as far as it got, unless it is there as far. Steps that leave no weights are made again where they are needed.
 */
export async function handOver(step: string, { directory, runs, sizes, note }: Handover): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (step === 'tokenizer') {
    return copyFile(join(runs(step), tokenizerFile), join(directory, tokenizerFile));
  }
  const path = join(directory, weightsOf(step));
  const updates = await newestCheckpoint(runs(step));
  if (!isTrainingStep(step, sizes) || !updates) return;
  if (existsSync(path) && (await learntFor(path)).updates >= updates) return;
  const weights = [...(await loadWeights(runs(step)))].map(half);
  for (const [kept, own] of Object.entries(besides(step)))
    if (existsSync(join(runs(step), own))) await copyFile(join(runs(step), own), join(directory, kept));
  await writeSafetensors(path, weights, {
    step,
    updates: String(updates),
    of: String(sizes.updates[step]),
  });
  note(`${step}: handed over to ${path}`);
}
