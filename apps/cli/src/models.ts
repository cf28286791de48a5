import { lstat, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AnyManifest,
  type Bundle,
  CheckpointError,
  hasLanguageModel,
  openAnyBundle,
} from '@x-llm/checkpoint';
import { bytes, columns } from './columns.ts';
import { confirm } from './confirm.ts';
import { isBundle, isModelName, modelNames, modelsFolder } from './home.ts';
import { paths, tinyName, unknownModel } from './paths.ts';
import { UserError } from './user-error.ts';

interface ModelReport {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the language model; null for interfaces only. */
  readonly architecture: string | null;
  /** Of its matrices, as int4; null for none. */
  readonly quantization: string | null;
  /** What may be asked about; what there are interfaces for. */
  readonly takes: readonly string[];
  readonly licence: string;
}

/** A bundle that cannot be read. */
interface DamagedModel {
  readonly name: string;
  readonly path: string;
  readonly problem: string;
}

/** `xllm models`. */
export async function runModels(json: boolean): Promise<void> {
  const folders = modelNames().map((name) => [name, join(modelsFolder(), name)] as const);
  const shipped = isBundle(paths.tinyBundle) ? [[tinyName, paths.tinyBundle] as const] : [];
  const found = await Promise.all([...shipped, ...folders].map(([name, path]) => reportOf(name, path)));
  const models = found.filter((one) => 'licence' in one);
  const damaged = found.filter((one) => 'problem' in one);
  if (json) {
    console.log(JSON.stringify({ models, damaged }, null, 2));
    return;
  }
  const rows = models.map(({ name, sizeBytes, architecture, quantization, takes, path, licence }) => [
    name,
    bytes(sizeBytes),
    architecture === null ? 'none: xllm compose' : [architecture, quantization ?? []].flat().join(' '),
    takes.join(', '),
    licence,
    path,
  ]);
  console.log(columns([['name', 'size', 'language model', 'takes', 'licence', 'path'], ...rows], 'words'));
  for (const { name, problem } of damaged)
    console.log(`\n${name} cannot be used: ${problem}\nDelete it with \`npx xllm models rm ${name}\`.`);
  if (folders.length === 0) console.log('\nFetch others with `npx xllm pull NAME`; its --help lists them.');
}

async function reportOf(name: string, path: string): Promise<ModelReport | DamagedModel> {
  try {
    using bundle = await openAnyBundle(path, { verify: false });
    return { name, path, ...describe(bundle) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { name, path, problem: error.message.split('\n', 1)[0] ?? '' };
  }
}

function describe({ manifest }: Bundle<AnyManifest>): Omit<ModelReport, 'name' | 'path'> {
  const { interfaces, files, licence } = manifest;
  const llm = hasLanguageModel(manifest) ? manifest.llm : undefined;
  return {
    sizeBytes: Object.values(files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    architecture: llm?.architecture ?? null,
    quantization: llm?.quantization ? `int${llm.quantization.bits}` : null,
    takes: [...(llm ? ['text'] : []), ...Object.keys(interfaces)],
    licence,
  };
}

/** `xllm models rm`: deletes a folder only when it is a bundle, and lies where models are kept. */
export async function removeModel(name: string, { yes }: { readonly yes: boolean }): Promise<void> {
  const refuse = (why: string) =>
    new UserError(
      `${name} is not deleted: ${why}.`,
      '`npx xllm models` lists what can be deleted by its name.',
    );
  if (!isModelName(name)) throw refuse('it is not the name of a model');
  const path = join(modelsFolder(), name);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) {
    if (name === tinyName) throw refuse('it is the model that ships, a part of the program');
    throw unknownModel(name);
  }
  if (found.isSymbolicLink())
    throw refuse(`${path} is a link to ${await realpath(path).catch(() => 'nothing')}`);
  if (!isBundle(path)) throw refuse(`${path} is not a bundle (no xllm.json)`);
  const model = await reportOf(name, path);
  const size = 'sizeBytes' in model ? `, ${bytes(model.sizeBytes)}` : '';
  if (!yes) await confirm(`Delete ${path}${size}?`, 'Say --yes to delete it.');
  await rm(path, { recursive: true });
  console.log(`${name} is deleted${size}.`);
}
