import { availableParallelism } from 'node:os';
import { isRecipeStep, type LeftOutStage, recipe, runRecipe } from '@x-llm/tiny';
import { UserError } from './user-error.ts';

export interface TrainOptions {
  readonly step?: string;
  readonly threads?: number;
  /** Updates, instead of the step's own number. */
  readonly steps?: number;
  /** Takes tokenizer, language model and encoder from the bundle that ships. */
  readonly fromBundle?: boolean;
  /** A stage that is left out, to see what it is worth. */
  readonly without?: LeftOutStage;
}

/** `xllm train [STEP]`: the recipe in `packages/tiny`, or one step of it. Ctrl-C leaves a checkpoint to go on from. */
export async function runTrain({ step, threads, steps, fromBundle, without }: TrainOptions): Promise<void> {
  if (step !== undefined && !isRecipeStep(step)) {
    throw new UserError(`There is no step "${step}".`, `The steps are ${Object.keys(recipe).join(', ')}.`);
  }
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const options = {
    threads: threads ?? Math.min(availableParallelism(), 8),
    signal: stop.signal,
    note: (message: string) => process.stderr.write(`${message}\n`),
    ...(step === undefined ? {} : { only: step }),
    ...(steps === undefined ? {} : { steps }),
    ...(fromBundle ? { fromBundle } : {}),
    ...(without ? { without } : {}),
  };
  await runRecipe(options).catch((error: unknown) => {
    if (error instanceof RangeError && without && step) {
      throw new UserError(
        `${error.message}.`,
        'Leave out the step to train all that follows from the stage.',
      );
    }
    if (error instanceof RangeError && fromBundle) {
      throw new UserError(`${error.message}.`, 'Leave out --from-bundle to train it from nothing.');
    }
    throw error;
  });
}
