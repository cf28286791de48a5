import { availableParallelism } from 'node:os';
import {
  isRecipeStep,
  type RecipeOptions,
  RecipeRefusal,
  type RefusalReason,
  recipe,
  runRecipe,
} from '@x-llm/tiny';
import { usefulThreads } from '@x-llm/train';
import { lockPath } from './lock.ts';
import { stopSignal } from './stop.ts';
import { asUserError } from './train-stage.ts';
import { UserError } from './user-error.ts';

export interface TrainOptions
  extends Pick<
    RecipeOptions,
    'fromBundle' | 'handover' | 'keep' | 'rate' | 'scale' | 'steps' | 'warmStart' | 'without'
  > {
  readonly step?: string;
  /** As many as there are cores, up to 8, unless given. */
  readonly threads?: number;
}

/**
 * `xllm train [STEP]`: the recipe in `packages/tiny`, or one step of it. Ctrl-C leaves a checkpoint to go on from; a second
 * one ends at once, with the checkpoint before it.
 */
export async function runTrain(options: TrainOptions): Promise<void> {
  const { step, threads, ...ofRecipe } = options;
  if (step !== undefined && !isRecipeStep(step)) {
    throw new UserError(`There is no step "${step}".`, `The steps are ${Object.keys(recipe).join(', ')}.`);
  }
  const note = (message: string) => process.stderr.write(`${message}\n`);
  const signal = stopSignal();
  signal.addEventListener('abort', () =>
    note(
      'Stopping after this piece of work; the same command goes on from there. Ctrl-C again ends at once.',
    ),
  );
  const recipeOptions = {
    ...ofRecipe,
    threads: usefulThreads(threads ?? Math.min(availableParallelism(), 8), note),
    signal,
    hold: (folder: string) => lockPath(folder, `training into ${folder}`),
    note,
    ...(step === undefined ? {} : { only: step }),
  };
  await asUserError(() => runRecipe(recipeOptions)).catch((error: unknown) => {
    if (!(error instanceof RecipeRefusal)) throw error;
    throw new UserError(`${error.message}.`, advice[error.reason](ofRecipe));
  });
  if (signal.aborted) process.exit(130); // or a script would go on to the next step with half of this one
}

/** What to do about a refusal. */
const advice: Readonly<Record<RefusalReason, (options: TrainOptions) => string>> = {
  'taken-from-bundle': ({ warmStart }) =>
    `Leave out ${warmStart ? '--warm-start' : '--from-bundle'} to train it from nothing.`,
  'same-without-stage': () => 'Leave out the step to train all that follows from the stage.',
  'keeps-nothing': () => 'Use it as in: xllm train bundle --warm-start --keep 0.5',
  'no-handover': () => 'Leave out --from-bundle, --warm-start, --without and --steps, or --handover.',
};
