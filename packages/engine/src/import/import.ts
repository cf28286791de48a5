/** From a public checkpoint's folder to a bundle. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  type BundleManifest,
  CheckpointError,
  openWeights,
  type Quantization,
  requireSpace,
  type TensorSource,
  writeBundle,
} from '@x-llm/checkpoint';
import { buildSection } from '@x-llm/models';
import type { ParameterSource } from '@x-llm/onnx';
import { type Tokenizer, tokenizers } from '@x-llm/text';
import { z } from 'zod';
import { type LanguageModel, languageModels, makePart } from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { checkTensors } from './check-tensors.ts';
import { type FamilyName, families, familyNames } from './families.ts';
import type { Family, HubConfig } from './family.ts';
import { type QuantizationError, quantizedSources } from './quantize.ts';

export interface ImportOptions {
  /** The checkpoint: `config.json`, weights, tokenizer. */
  readonly from: string;
  /** The bundle to write. */
  readonly to: string;
  /** What it is to be called; the folder's name unless given. */
  readonly name?: string | undefined;
  /** Where the configuration alone does not tell. */
  readonly family?: FamilyName | undefined;
  /** Matrices in few bits; as they are unless given. */
  readonly quantize?: Quantization | undefined;
  /** Where it was fetched from and under which licence, for the manifest; the family's own unless given. */
  readonly source?: { readonly name: string; readonly licence: string; readonly url: string } | undefined;
  /** Told of how many of all bytes were read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface Imported {
  readonly manifest: BundleManifest;
  readonly family: FamilyName;
  /** Of the checkpoint. */
  readonly tensors: number;
  readonly sizeBytes: number;
  /** Of what was quantised: how far each matrix is from what it was. */
  readonly errors: readonly QuantizationError[];
}

/**
 * Writes a bundle of a checkpoint of one of the `families`; weights keep their names and, unless they are to be quantised,
 * their numbers. One tensor is in memory at a time, and the scales of quantised ones.
 *
 * @throws CheckpointError `invalid_config` for a configuration that is of no family, of several, or says something that
 * this version does not compute; `missing_tensors` with every tensor that is missing, mis-shaped or left over; what
 * `openWeights` throws.
 * @example await importCheckpoint({ from: 'chatglm3-6b', to: 'bundles/chatglm3-6b' });
 */
export async function importCheckpoint(options: ImportOptions): Promise<Imported> {
  const from = resolve(options.from);
  const configPath = join(from, 'config.json');
  const config = await readConfig(configPath);
  const familyName = options.family ?? familyOf(config, configPath, basename(from));
  const family: Family = families[familyName];
  const { tokenizer, type, file } = await readTokenizer(family, config, from);
  const llm = {
    architecture: family.architecture,
    config: llmConfig(family, config, tokenizer, configPath),
    weights: 'llm.safetensors',
  };
  const model = describe(llm, configPath);
  using weights = await openWeights(from);
  const wanted = wantedBy(model);
  checkTensors(weights, wanted.shapes, family.ignored);
  if (tokenizer.vocabSize > model.vocabSize)
    throw wrong(configPath, `the tokenizer has ${tokenizer.vocabSize} pieces, the model ${model.vocabSize}`);
  const names = [...wanted.shapes.keys()];
  const total = names.reduce((sum, name) => sum + weights.fileOf(name).info(name).sizeBytes, 0);
  await requireSpace(options.to, total + (await stat(file)).size);
  let done = 0;
  const onRead = (sizeBytes: number) => {
    options.onProgress?.(done, total);
    done += sizeBytes;
  };
  const errors: QuantizationError[] = [];
  const { quantize = null } = options;
  const tensors = names.flatMap((name): TensorSource[] => {
    if (quantize && wanted.matrices.has(name)) {
      const bits = family.finer.test(name) ? 8 : quantize.bits;
      const onError = (error: QuantizationError) => errors.push(error);
      return quantizedSources(weights, name, { ...quantize, bits }, { onRead, onError });
    }
    const { dtype, shape, sizeBytes } = weights.fileOf(name).info(name);
    const data = () => {
      onRead(sizeBytes);
      return weights.read(name);
    };
    return [{ name, dtype, shape, data }];
  });
  const name = options.name ?? bundleName(from);
  const named = config['_name_or_path'];
  const source = options.source ?? {
    name: typeof named === 'string' && named !== '' ? named : familyName,
    licence: family.licence,
  };
  const manifest = await writeBundle(
    options.to,
    {
      format: 1,
      name,
      licence: source.licence,
      provenance: {
        summary: `Imported from the checkpoint ${options.source?.name ?? basename(from)} (${family.about}); ${quantize ? `matrices in ${quantize.bits} bits, blocks of ${quantize.blockSize}` : 'weights as they were'}.`,
        sources: [source],
      },
      llm: { ...llm, config: z.record(z.string(), z.json()).parse(llm.config), quantization: quantize },
      interfaces: {},
      tokenizer: { type, file: basename(file) },
      chatTemplate: family.chatTemplate,
      generation: family.generation,
    },
    { 'llm.safetensors': { tensors }, [basename(file)]: { copyOf: file } },
  );
  options.onProgress?.(total, total);
  return { manifest, family: familyName, tensors: names.length, sizeBytes: total, errors };
}

/**
 * Whose form the checkpoint in a folder has, by its `config.json` and, where that fits several, the folder's name.
 * @throws CheckpointError `not_found`, `invalid_config`.
 */
export async function findFamily(folder: string): Promise<FamilyName> {
  const path = join(resolve(folder), 'config.json');
  return familyOf(await readConfig(path), path, basename(resolve(folder)));
}

const wrong = (path: string, detail: string, cause?: unknown) =>
  new CheckpointError('invalid_config', path, detail, { cause });

/** A configuration is a page of text. */
const maxConfigBytes = 1 << 20;

async function readConfig(path: string): Promise<HubConfig> {
  if (!existsSync(path)) {
    throw new CheckpointError(
      'not_found',
      path,
      'no such file; give the folder of a checkpoint, with its config.json',
    );
  }
  if ((await stat(path)).size > maxConfigBytes) throw wrong(path, `has more than ${maxConfigBytes} bytes`);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw wrong(path, 'is not a JSON object', error);
  }
}

/** Where the configuration fits several families, the folder's name may tell. */
function familyOf(config: HubConfig, path: string, folder: string): FamilyName {
  const found = familyNames.filter((name) => families[name].is(config));
  const named = found.filter((name) => folder.toLowerCase().startsWith(name));
  const [only, ...more] = named.length === 1 ? named : found;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) throw wrong(path, `may be of ${found.join(' or ')}; say which with --family`);
  const type = JSON.stringify(config['model_type'] ?? null);
  throw wrong(
    path,
    `is of no family that this version knows (model_type ${type}); it knows ${familyNames.join(', ')}`,
  );
}

/** Our configuration from theirs: fields by the family's table, and nothing that it does not expect. */
function llmConfig(
  family: Family,
  config: HubConfig,
  tokenizer: Tokenizer,
  path: string,
): Record<string, unknown> {
  const odd = Object.entries(family.expected).filter(
    ([field, value]) => field in config && config[field] !== value,
  );
  if (odd.length > 0) {
    const listed = odd.map(
      ([field, value]) => `${field} is ${JSON.stringify(config[field])}, not ${JSON.stringify(value)}`,
    );
    throw wrong(path, `is of a model that this version does not compute: ${listed.join('; ')}`);
  }
  const missing = Object.values(family.fields).filter((theirs) => config[theirs] === undefined);
  if (missing.length > 0) throw wrong(path, `lacks ${missing.join(', ')}`);
  const fields = Object.entries(family.fields).map(([ours, theirs]) => [ours, config[theirs]]);
  const made = { ...family.constants, ...Object.fromEntries(fields), ...derivedOf(family, config, path) };
  return family.architecture === 'glm'
    ? { ...made, endTokens: endTokensOf(family, config, tokenizer) }
    : made;
}

function derivedOf(family: Family, config: HubConfig, path: string): Readonly<Record<string, unknown>> {
  try {
    return family.derived?.(config) ?? {};
  } catch (error) {
    if (error instanceof z.ZodError) throw wrong(path, z.prettifyError(error), error);
    throw error;
  }
}

const ids = z.union([z.int(), z.array(z.int())]);

function endTokensOf(family: Family, config: HubConfig, tokenizer: Tokenizer): number[] {
  const given = ids.safeParse(config['eos_token_id']);
  const named = family.endTokens.flatMap((name) => tokenizer.id(name) ?? []);
  return [...new Set([...(given.success ? [given.data].flat() : []), ...named])];
}

async function readTokenizer(family: Family, config: HubConfig, from: string) {
  const { files, type: given } = family.tokenizer;
  const name = files.find((one) => existsSync(join(from, one)));
  if (name === undefined) {
    throw new CheckpointError(
      'missing_file',
      from,
      `there is no ${files.join(' or ')}, the tokenizer; fetch it, too`,
    );
  }
  const file = join(from, name);
  const type = typeof given === 'function' ? given(config) : given;
  try {
    return { type, file, tokenizer: tokenizers[type](await readFile(file)) as Tokenizer };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckpointError('invalid_config', file, reason, { cause: error });
  }
}

function describe(llm: Parameters<typeof makePart>[1], path: string): LanguageModel {
  try {
    return makePart(languageModels, llm, 'llm');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw wrong(path, error.message, error);
  }
}

/** The shapes of all weights that the model's graphs ask for, by name; `matrices` are only multiplied by. */
function wantedBy(model: LanguageModel) {
  const shapes = new Map<string, readonly number[]>();
  const matrices = new Set<string>();
  const collect: ParameterSource = (name, shape, use) => {
    shapes.set(name, shape);
    if (use === 'matrix') matrices.add(name);
    return 'input';
  };
  buildSection(model, collect);
  return { shapes, matrices };
}

/** What a bundle of the checkpoint in a folder is called unless it is said. */
export const bundleName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64) || 'imported';
