import { UserError } from './user-error.ts';

/** `xllm train STEP`: one step of the recipe in `packages/tiny`. */
export async function runTrain(step: string | undefined): Promise<void> {
  throw new UserError(
    'This command does not run the recipe yet.',
    `Run its script: node packages/tiny/src/recipe/run.ts ${step ?? 'STEP'}`,
  );
}
