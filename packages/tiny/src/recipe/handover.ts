/**
 * What finished steps learnt, in a folder to carry to another machine or keep in git: of each step its weights in half
 * precision, as they ship, and its log; a tenth of what its run folder has. A recipe that is run with such a folder takes
 * from it the steps that it did not run itself, and adds those that it finishes.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import { hasCheckpoint, loadWeights } from '@x-llm/train';
import type { RecipeSizes, TrainingStepName } from './config.ts';
import { half, readWeights, saveFinishedRun } from './learnt.ts';
import type { Runs } from './runs.ts';
import { tokenizerFile } from './tokenizer.ts';

const weightsOf = (step: string): string => `${step}.safetensors`;
const logOf = (step: string): string => `${step}.csv`;
const runLog = 'log.csv';

interface Handover {
  readonly directory: string;
  readonly runs: Runs;
  readonly sizes: RecipeSizes;
  readonly note: (message: string) => void;
}

const isTrainingStep = (step: string, { updates }: RecipeSizes): step is TrainingStepName =>
  Object.hasOwn(updates, step);

/**
 * Makes finished runs of what the folder holds, where there is no run yet. The optimiser's moments are not carried: a
 * finished step needs none.
 *
 * @throws Error when a step learnt for another number of updates than the recipe has, or its file is damaged.
 */
export async function takeOver({ directory, runs, sizes, note }: Handover): Promise<void> {
  const holds = (file: string): boolean => existsSync(join(directory, file));
  if (holds(tokenizerFile) && !existsSync(join(runs('tokenizer'), tokenizerFile))) {
    await mkdir(runs('tokenizer'), { recursive: true });
    await copyFile(join(directory, tokenizerFile), join(runs('tokenizer'), tokenizerFile));
  }
  for (const step of Object.keys(sizes.updates)) {
    if (!isTrainingStep(step, sizes) || !holds(weightsOf(step)) || (await hasCheckpoint(runs(step))))
      continue;
    const path = join(directory, weightsOf(step));
    const updates = await updatesOf(path);
    if (updates !== sizes.updates[step]) {
      throw new Error(
        `${path} learnt for ${updates} updates where the recipe has ${sizes.updates[step]}: delete it to train ${step} again`,
      );
    }
    await saveFinishedRun(runs(step), await readWeights(path), updates);
    if (holds(logOf(step))) await copyFile(join(directory, logOf(step)), join(runs(step), runLog));
    note(`${step}: ${updates} updates from ${path}`);
  }
}

async function updatesOf(path: string): Promise<number> {
  using file = await openSafetensors(path);
  const updates = Number(file.metadata['updates']);
  if (Number.isSafeInteger(updates)) return updates;
  throw new Error(`${path} does not say for how many updates it learnt: it is no handover`);
}

/** Adds a finished step, unless it is there. Steps that leave no weights are made again where they are needed. */
export async function handOver(step: string, { directory, runs, sizes, note }: Handover): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (step === 'tokenizer') {
    return copyFile(join(runs(step), tokenizerFile), join(directory, tokenizerFile));
  }
  const path = join(directory, weightsOf(step));
  if (!isTrainingStep(step, sizes) || existsSync(path)) return;
  const weights = [...(await loadWeights(runs(step)))].map(half);
  if (existsSync(join(runs(step), runLog)))
    await copyFile(join(runs(step), runLog), join(directory, logOf(step)));
  await writeSafetensors(path, weights, { step, updates: String(sizes.updates[step]) });
  note(`${step}: handed over to ${path}`);
}
