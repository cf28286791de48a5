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
  /** Begins with the weights of the bundle that ships. */
  readonly warmStart?: boolean;
  /** The highest learning rate, instead of the step's own. */
  readonly rate?: number;
  /** A stage that is left out, to see what it is worth. */
  readonly without?: LeftOutStage;
}

/** `xllm train [STEP]`: the recipe in `packages/tiny`, or one step of it. Ctrl-C leaves a checkpoint to go on from. */
export async function runTrain(options: TrainOptions): Promise<void> {
  const { step, threads, without } = options;
  const fromBundle = options.fromBundle || options.warmStart;
  if (step !== undefined && !isRecipeStep(step)) {
    throw new UserError(`There is no step "${step}".`, `The steps are ${Object.keys(recipe).join(', ')}.`);
  }
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const recipeOptions = {
    threads: threads ?? Math.min(availableParallelism(), 8),
    signal: stop.signal,
    note: (message: string) => process.stderr.write(`${message}\n`),
    ...(step === undefined ? {} : { only: step }),
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...(options.fromBundle ? { fromBundle: true } : {}),
    ...(options.warmStart ? { warmStart: true } : {}),
    ...(without ? { without } : {}),
  };
  await runRecipe(recipeOptions).catch((error: unknown) => {
    if (error instanceof RangeError && without && step) {
      throw new UserError(
        `${error.message}.`,
        'Leave out the step to train all that follows from the stage.',
      );
    }
    if (error instanceof RangeError && fromBundle) {
      throw new UserError(
        `${error.message}.`,
        `Leave out ${options.warmStart ? '--warm-start' : '--from-bundle'} to train it from nothing.`,
      );
    }
    throw error;
  });
}
