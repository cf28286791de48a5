/** The weights of a model, in one file or many, in either format. */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { TensorData } from './dtype.ts';
import { CheckpointError, fromFileError } from './error.ts';
import { readWhole, wholeFileLimits } from './read-whole.ts';
import { openSafetensors } from './safetensors/read.ts';
import type { OpenOptions, TensorFile, TensorInfo } from './tensor-file.ts';
import { openTorch } from './torch/read.ts';

/** Tensors of one or more files, by name. Close it, or declare it with `using`. */
export class Weights {
  /** The file, or the folder of the files. */
  readonly path: string;
  readonly files: readonly TensorFile[];
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly #fileOf: ReadonlyMap<string, TensorFile>;

  constructor(path: string, files: readonly TensorFile[]) {
    this.path = path;
    this.files = files;
    this.#fileOf = new Map(files.flatMap((file) => [...file.tensors.keys()].map((name) => [name, file])));
    this.tensors = new Map(files.flatMap((file) => [...file.tensors]));
  }

  /** The file that has tensor `name`. @throws CheckpointError `unknown_tensor`. */
  fileOf(name: string): TensorFile {
    const file = this.#fileOf.get(name);
    if (file) return file;
    throw new CheckpointError('unknown_tensor', this.path, `no tensor ${JSON.stringify(name)}`);
  }

  /** As `TensorFile.read`. */
  read(name: string): TensorData {
    return this.fileOf(name).read(name);
  }

  /** As `TensorFile.readFloat32`. */
  readFloat32(name: string): Float32Array {
    return this.fileOf(name).readFloat32(name);
  }

  close(): void {
    for (const file of this.files) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export interface WeightsOptions extends OpenOptions {
  /** Of an index: shards without any of these tensors are not opened, and need not be there. All, unless given. */
  readonly isWanted?: (name: string) => boolean;
}

/** What a folder's weights may be called; the first that is there is read. Hugging Face's names, then anything alone. */
const candidates = [
  'model.safetensors.index.json',
  'model.safetensors',
  'pytorch_model.bin.index.json',
  'pytorch_model.bin',
] as const;

/**
 * Opens a file of weights (`.safetensors`, or PyTorch's `.bin`, `.pt`, `.pth`), an index of shards
 * (`model.safetensors.index.json`), or a folder with any of these.
 *
 * @throws CheckpointError with all that is wrong at once: `missing_file` names every shard that is not there,
 * `missing_tensors` every tensor that the index promises and no shard has.
 * @example using weights = await openWeights('chatglm3-6b'); weights.read('transformer.output_layer.weight');
 */
export async function openWeights(path: string, options: WeightsOptions = {}): Promise<Weights> {
  const absolute = resolve(path);
  const file = isFolder(absolute) ? await inFolder(absolute) : absolute;
  if (file.endsWith('.index.json')) return openShards(file, options);
  return new Weights(file, [await openFile(file, options)]);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fromFileError(error, path, 'open the file');
  }
}

const isWeights = (name: string): boolean => /\.(safetensors|bin|pt|pth)$/.test(name);

async function inFolder(folder: string): Promise<string> {
  const known = candidates.find((name) => existsSync(join(folder, name)));
  if (known) return join(folder, known);
  const names = await readdir(folder);
  const [only, ...more] = names.filter(isWeights);
  if (only !== undefined && more.length === 0) return join(folder, only);
  const shards = more.some((name) => /-of-\d+\./.test(name));
  const detail = shards
    ? `${more.length + 1} shards without their index; fetch ${candidates[0]} or ${candidates[2]}, too`
    : `no weights here: looked for ${candidates.join(', ')}, or one file .safetensors, .bin, .pt or .pth; there is ${names.slice(0, 20).join(', ') || 'nothing'}`;
  throw new CheckpointError('not_found', folder, detail);
}

const openFile = (path: string, options: OpenOptions): Promise<TensorFile> =>
  path.endsWith('.safetensors') ? openSafetensors(path, options) : openTorch(path, options);

const index = z.object({ weight_map: z.record(z.string(), z.string()) });

async function openShards(path: string, { isWanted, ...options }: WeightsOptions): Promise<Weights> {
  const folder = resolve(path, '..');
  const byFile = shardsOf(await readText(path), path, isWanted);
  const names = [...byFile.keys()];
  const outside = names.filter((name) => name !== basename(name) || !isWeights(name));
  if (outside.length > 0) {
    throw new CheckpointError('unsafe_path', path, `shards are files beside it, not ${outside.join(', ')}`);
  }
  const absent = names.filter((name) => !existsSync(join(folder, name)));
  if (absent.length > 0) {
    const detail = `${absent.length} of ${names.length} shards are not here: ${absent.join(', ')}; fetch them, too`;
    throw new CheckpointError('missing_file', path, detail);
  }
  using opened = new DisposableStack();
  const files: TensorFile[] = [];
  const lacking: string[] = [];
  for (const [name, entries] of byFile) {
    const file = opened.use(await openFile(join(folder, name), options));
    files.push(file);
    for (const [tensor] of entries) if (!file.tensors.has(tensor)) lacking.push(`${tensor} (${name})`);
  }
  if (lacking.length > 0) {
    const detail = `${lacking.length} tensors are not where the index has them; are the shards of another model? ${lacking.join(', ')}`;
    throw new CheckpointError('missing_tensors', path, detail);
  }
  const twice = names.length > 0 && duplicates(files);
  if (twice) throw new CheckpointError('invalid_index', path, `two shards have ${JSON.stringify(twice)}`);
  opened.move();
  return new Weights(folder, files);
}

function duplicates(files: readonly TensorFile[]): string | undefined {
  const seen = new Set<string>();
  return files
    .flatMap((file) => [...file.tensors.keys()])
    .find((name) => {
      const again = seen.has(name);
      seen.add(name);
      return again;
    });
}

const readText = async (path: string): Promise<string> =>
  (await readWhole(path, wholeFileLimits.index)).toString('utf8');

/**
 * Shards that an index tells of, each with its entries: those that hold a wanted tensor. `path` is for messages.
 * @throws CheckpointError `invalid_index`.
 */
export function shardsOf(
  json: string,
  path: string,
  isWanted: (name: string) => boolean = () => true,
): Map<string, [tensor: string, shard: string][]> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CheckpointError('invalid_index', path, `not JSON: ${why}`, { cause: error });
  }
  const parsed = index.safeParse(value);
  if (!parsed.success)
    throw new CheckpointError('invalid_index', path, z.prettifyError(parsed.error), { cause: parsed.error });
  const all = Map.groupBy(Object.entries(parsed.data.weight_map), ([, shard]) => shard);
  return new Map([...all].filter(([, entries]) => entries.some(([name]) => isWanted(name))));
}
