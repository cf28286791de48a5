import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRunRecord } from '@x-llm/train/stages';
import { isBundle } from '../home.ts';
import { findBundle } from '../paths.ts';
import { UserError } from '../user-error.ts';

/** A bundle that a part comes from. */
export interface PartSource {
  readonly folder: string;
  /** What it is, for people. */
  readonly label: string;
}

/** By a model's name, the folder of a bundle, or that of a run of `xllm train`. Throws UserError where there is none. */
export async function findPart(asked: string): Promise<PartSource> {
  const folder = resolve(asked);
  if (!isBundle(folder) && existsSync(join(folder, 'run.json'))) return runPart(folder);
  return { folder: findBundle(asked), label: asked };
}

/** The bundle that a run wrote: its base with what it taught. */
async function runPart(folder: string): Promise<PartSource> {
  const record = await readRunRecord(folder).catch((cause: unknown) => {
    throw new UserError(`${folder} holds a damaged run.json.`, 'Name the bundle that the run wrote.', {
      cause,
    });
  });
  const { stage = 'a stage', modality } = record?.config ?? {};
  const what = modality ? `${stage} ${modality}` : stage;
  const from = record?.bundle?.name ?? 'an unknown model';
  const bundle = join(folder, 'bundle');
  if (!isBundle(bundle))
    throw new UserError(
      `${folder} holds a run of ${what} on ${from} that has not ended, so there is no bundle of it.`,
      `Let it go on: xllm train ${stage} --config FILE.`,
    );
  return { folder: bundle, label: `${folder} (${what}, taught on ${from})` };
}
