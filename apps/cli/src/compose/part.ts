import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PartName } from '@x-llm/engine/compose';
import { readRunRecord } from '@x-llm/train/stages';
import { isBundle, isModelName, modelsFolder } from '../home.ts';
import { findBundle, isRun } from '../paths.ts';
import { UserError } from '../user-error.ts';

/** The folder that a part comes from: a bundle, or a public checkpoint. */
export interface PartSource {
  readonly folder: string;
  /** What it is, for people. */
  readonly label: string;
}

/**
 * By a model's name, the folder of a bundle or of a run of `xllm train`, or, for an interface, of a public checkpoint.
 * Throws UserError where there is none.
 */
export async function findPart(part: PartName, asked: string): Promise<PartSource> {
  const folder = resolve(asked);
  if (!isBundle(folder) && isRun(folder)) return runPart(folder);
  // The name of a model wins, as everywhere.
  if (isBundle(folder) || isModelAt(asked) || !isFolder(folder))
    return { folder: findBundle(asked), label: asked };
  if (part !== 'llm') return { folder, label: `${asked} (a public checkpoint)` };
  throw new UserError(
    `There is no model in ${folder} (no xllm.json).`,
    `If it is the public checkpoint of a language model, make a model of it first: xllm import ${asked}.`,
  );
}

const isModelAt = (name: string): boolean => isModelName(name) && isBundle(join(modelsFolder(), name));

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

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
