import { TrainError } from '@x-llm/train';
import {
  dryRunLines,
  dryRunStage,
  exampleConfig,
  readStageConfig,
  runStage,
  type StageModality,
  type StageName,
  stageModalities,
  stageNames,
} from '@x-llm/train/stages';
import { lockPath } from './lock.ts';
import { stopSignal } from './stop.ts';
import { UserError } from './user-error.ts';

function stageOf(name: string | undefined): StageName {
  const found = stageNames.find((stage) => stage === name);
  if (found) return found;
  throw new UserError(
    name === undefined ? 'A config is for a stage, and none is named.' : `There is no stage "${name}".`,
    `The stages are ${stageNames.join(', ')}, as in: xllm train stage2 --config FILE`,
  );
}

/** `xllm train STAGE --print-config`: to standard output, so that it can be written to a file. */
export function printStageConfig(name: string | undefined, modality: StageModality | undefined): void {
  const stage = stageOf(name);
  const known = stageModalities[stage];
  if (modality && !known.includes(modality)) {
    throw new UserError(
      `${stage} does not train ${modality} alone.`,
      known.length > 0
        ? `It trains ${known.join(', ')}.`
        : 'It trains all modalities together: leave --modality out.',
    );
  }
  process.stdout.write(`${JSON.stringify(exampleConfig(stage, modality), null, 2)}\n`);
}

/** `xllm train STAGE --config FILE`: trains, or says what that would take. Ctrl-C leaves a checkpoint. */
export async function trainStage(
  name: string | undefined,
  file: string,
  { resume, dryRun }: { readonly resume: boolean; readonly dryRun: boolean },
): Promise<void> {
  const stage = stageOf(name);
  const signal = stopSignal();
  await asUserError(async () => {
    const config = await readStageConfig(stage, file);
    if (dryRun) return console.log(dryRunLines(await dryRunStage(config, { signal })).join('\n'));
    await using _ = await lockPath(config.output, `training into ${config.output}`);
    const { bundle } = await runStage(config, { resume, signal });
    if (bundle === undefined) process.exit(130); // the command line sets `exitCode` itself when a command returns
  }).catch((error: unknown) => {
    if (error !== signal.reason) throw error;
    process.stderr.write('stopped before the first step\n');
    process.exit(130);
  });
}

/** What training says is wrong, as the command line says it. */
export async function asUserError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TrainError) throw new UserError(error.message, error.advice, { cause: error });
    throw error;
  }
}
