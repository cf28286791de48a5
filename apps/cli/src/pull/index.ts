import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireSpaceForAll } from '@x-llm/checkpoint';
import {
  chooseFiles,
  connectHub,
  downloadFiles,
  type Hub,
  onlyShardsWith,
  openRepository,
  type RemoteFile,
  type Repository,
  readText,
  remainingBytes,
} from '@x-llm/checkpoint/hub';
import { findForm, imageFamilies, imageFamilyIn } from '@x-llm/engine/import';
import { bytes } from '../columns.ts';
import { confirm } from '../confirm.ts';
import { downloadsFolder, isModelName, modelsFolder } from '../home.ts';
import { type ImportFlags, importInto } from '../import-checkpoint.ts';
import { refuseModelFlags } from '../import-interfaces.ts';
import { lockPath } from '../lock.ts';
import { reservePlace } from '../place.ts';
import { createProgressLines } from '../progress.ts';
import { exitWhenStopped, stopSignal } from '../stop.ts';
import { UserError } from '../user-error.ts';
import { pullFailure } from './failure.ts';
import { isInterface, type PulledFamily } from './offered.ts';
import { type Plan, planFor } from './plan.ts';

export interface PullFlags extends Omit<ImportFlags, 'into' | 'cFormer'> {
  readonly revision?: string | undefined;
  readonly yes: boolean;
  readonly keepDownload: boolean;
}

/** `xllm pull`: from a hub to a model that `--bundle NAME` finds. */
export async function runPull(asked: string, flags: PullFlags): Promise<void> {
  const plan = planFor(asked, flags);
  if (!isModelName(plan.name)) {
    const advice = 'Small letters, digits, dots and dashes make one, as in --name my-model.';
    throw new UserError(`${plan.name} cannot be the name of a model.`, advice);
  }
  if (plan.family && isInterface(plan.family)) refuseModelFlags(flags);
  if (plan.files) refuseFlagsOfParts(asked, flags);
  const { out = join(modelsFolder(), plan.name), force } = flags;
  // Before anything is asked for.
  const doing = `pulling ${asked}`;
  await using place = await reservePlace(out, { force, doing });
  await using _ = await lockPath(join(downloadsFolder(), ...plan.repository.split('/')), doing);
  const signal = stopSignal();
  const fetched = await fetchCheckpoint(plan, place.to, flags, signal).catch((error: unknown) => {
    throw pullFailure(error, signal);
  });
  if (signal.aborted) throw pullFailure(signal.reason, signal);
  const { folder, repository, licence, family } = fetched;
  if (plan.files) {
    console.log(`${folder}: a part of a model. Make a model that has it of one that you have, for example:`);
    console.log(`npx xllm import ${folder} --into chatglm-6b --c-former bert-base-chinese`);
    return;
  }
  const source = {
    name: `${repository.id}@${repository.commit}`,
    licence: licence.name,
    url: `${repository.page}/tree/${repository.commit}`,
  };
  exitWhenStopped(signal);
  await importInto(place, folder, { ...flags, name: plan.name, family }, source);
  if (!flags.keepDownload) await rm(folder, { recursive: true });
  else console.log(`The download is kept in ${folder}.`);
}

/** Throws `UserError` for what a part of a model is given when it becomes one, not when it is fetched. */
function refuseFlagsOfParts(asked: string, flags: PullFlags): void {
  const { name, out, family, text, quantize, quantizeEncoders } = flags;
  const given = Object.entries({
    '--name': name,
    '--out': out,
    '--family': family,
    '--text': text,
    '--quantize': quantize === 'none' ? undefined : quantize,
    '--quantize-encoders': quantizeEncoders,
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (given.length === 0) return;
  throw new UserError(
    `${asked} is a part of a model: pulling it makes none, so ${given.join(' and ')} would do nothing.`,
    'Give --name, --out and --quantize-encoders to `xllm import FOLDER --into BUNDLE`, which pull prints when it is done.',
  );
}

async function fetchCheckpoint(plan: Plan, to: string, flags: PullFlags, signal: AbortSignal) {
  const hub = connectHub(process.env);
  const repository = await openRepository(hub, plan.repository, { revision: plan.revision, signal });
  const family = plan.family ?? (plan.files ? undefined : await interfaceIn(hub, repository, signal));
  const files = await filesOf(hub, repository, { ...plan, family }, signal);
  if (family && isInterface(family)) refuseModelFlags(flags);
  const folder = join(downloadsFolder(), ...repository.id.split('/'));
  const left = await remainingBytes(files, folder);
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await requireSpaceForAll([
    { path: folder, sizeBytes: left },
    { path: to, sizeBytes: total },
  ]);
  const licence = plan.licence ??
    repository.licence ?? { name: `Not told; see ${repository.page}`, url: repository.page };
  console.log(introduction(plan, repository, licence, { files: files.length, left, total }));
  if (!flags.yes)
    await confirm('Go on, under this licence?', 'Say --yes to accept the licence and go on.', signal);
  const bars = progressBars();
  try {
    await downloadFiles(hub, repository, files, folder, {
      signal,
      onProgress: bars.update,
      // Before the weights: a form that is not known is not worth gigabytes.
      async onFile({ name }) {
        if (name === 'config.json' && family === undefined) await findForm(folder);
      },
    });
  } finally {
    bars.end();
  }
  return { folder, repository, licence, family };
}

/** The family of a repository that has nothing but an interface for pictures for us, by its configuration. */
async function interfaceIn(
  hub: Hub,
  repository: Repository,
  signal: AbortSignal,
): Promise<PulledFamily | undefined> {
  const config = repository.files.find(({ name }) => name === 'config.json');
  const found = config && imageFamilyIn(await readText(hub, repository, config, signal));
  return found && isInterface(found) ? found : undefined;
}

/** What makes the checkpoint: of an interface no tokenizer, and only the shards that hold some of it. */
async function filesOf(
  hub: Hub,
  repository: Repository,
  { family, tokenizers, files }: Pick<Plan, 'family' | 'tokenizers' | 'files'>,
  signal: AbortSignal,
): Promise<RemoteFile[]> {
  if (!family || !isInterface(family)) return chooseFiles(repository, tokenizers, files);
  const { ignored } = imageFamilies[family];
  const isWanted = (tensor: string) => !ignored.test(tensor);
  return onlyShardsWith(hub, repository, chooseFiles(repository, []), isWanted, signal);
}

function introduction(
  { about, revision }: Plan,
  { id, commit, page }: Repository,
  licence: { readonly name: string; readonly url: string },
  { files, left, total }: { readonly files: number; readonly left: number; readonly total: number },
): string {
  const there = left < total ? `, of which ${bytes(total - left)} are here already` : '';
  return [
    `${id}${about === undefined ? '' : `: ${about}`}`,
    `From ${page}, ${revision === commit ? '' : `${revision} = `}${commit.slice(0, 12)}`,
    `Licence: ${licence.name}, ${licence.url}`,
    `${files} files, ${bytes(total)}${there}`,
  ].join('\n');
}

/** A bar for each file, one below the other; of a file that is whole a line stays. */
function progressBars() {
  const lines = createProgressLines(process.stderr, (_, done) => ({ from: done, show: bytes }));
  return {
    update({ name, sizeBytes }: RemoteFile, done: number): void {
      if (done < sizeBytes) {
        lines.update(name, done, sizeBytes);
        return;
      }
      lines.end();
      process.stderr.write(`✔ ${name}, ${bytes(sizeBytes)}\n`);
    },
    end: lines.end,
  };
}
