import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CheckpointError, fromFileError } from '../error.ts';
import { readWhole, wholeFileLimits } from '../read-whole.ts';
import { openSafetensors, type SafetensorsFile } from '../safetensors/read.ts';
import { sha256OfFile } from './hash.ts';
import {
  type AnyManifest,
  type BundleManifest,
  type FileEntry,
  hasLanguageModel,
  manifestName,
  parseManifest,
} from './manifest.ts';

export interface BundleOptions {
  /** Compare every file with its SHA-256. Default true; without it only existence and size are checked. */
  readonly verify?: boolean;
}

/** An open bundle: its manifest, its files, its safetensors already open. Close it, or declare it with `using`. */
export class Bundle<Manifest extends AnyManifest = BundleManifest> {
  /** The folder, absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  readonly #weights: ReadonlyMap<string, SafetensorsFile>;

  constructor(path: string, manifest: Manifest, weights: ReadonlyMap<string, SafetensorsFile>) {
    this.path = path;
    this.manifest = manifest;
    this.#weights = weights;
  }

  /** The absolute path of a file that the manifest lists; throws `unlisted_file` for others. */
  file(name: string): string {
    if (Object.hasOwn(this.manifest.files, name)) return join(this.path, name);
    throw new CheckpointError('unlisted_file', this.path, `the bundle lists no file ${JSON.stringify(name)}`);
  }

  /** The open safetensors file of that name, as components name it under `weights`. */
  weights(name: string): SafetensorsFile {
    const weights = this.#weights.get(name);
    if (weights) return weights;
    throw new CheckpointError(
      'unlisted_file',
      this.path,
      `the bundle lists no safetensors file ${JSON.stringify(name)}`,
    );
  }

  /** Compares files with their SHA-256, all unless some are named. Throws `hash_mismatch`. */
  async verify(names: Iterable<string> = Object.keys(this.manifest.files)): Promise<void> {
    for (const name of names) {
      const entry = this.manifest.files[name];
      if (entry) await checkHash(this.file(name), entry);
    }
  }

  close(): void {
    for (const file of this.#weights.values()) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Opens the bundle of a model: reads `xllm.json`, checks that every file is there, whole and unchanged, and opens its
 * safetensors. Throws CheckpointError, naming the file that is wrong; `no_language_model` for a bundle of interfaces.
 *
 * @example using bundle = await openBundle('bundles/x-llm-tiny'); bundle.weights(bundle.manifest.llm.weights);
 */
export async function openBundle(dir: string, options: BundleOptions = {}): Promise<Bundle> {
  const path = resolve(dir);
  const manifest = await readManifest(path);
  if (!hasLanguageModel(manifest)) {
    const names = Object.keys(manifest.interfaces).join(', ');
    throw new CheckpointError(
      'no_language_model',
      path,
      `this bundle has interfaces (${names}) and no language model; \`xllm compose\` makes a model of it and one`,
    );
  }
  return openFiles(path, manifest, options);
}

/** As `openBundle`, for bundles of interfaces, too. */
export async function openAnyBundle(dir: string, options: BundleOptions = {}): Promise<Bundle<AnyManifest>> {
  const path = resolve(dir);
  return openFiles(path, await readManifest(path), options);
}

async function openFiles<Manifest extends AnyManifest>(
  path: string,
  manifest: Manifest,
  { verify = true }: BundleOptions,
): Promise<Bundle<Manifest>> {
  const entries = Object.entries(manifest.files);
  await Promise.all(entries.map(([name, entry]) => checkSize(join(path, name), entry)));
  const weights = new Map<string, SafetensorsFile>();
  const bundle = new Bundle(path, manifest, weights);
  try {
    if (verify) await bundle.verify();
    for (const name of Object.keys(manifest.files)) {
      if (name.endsWith('.safetensors')) weights.set(name, await openSafetensors(join(path, name)));
    }
  } catch (error) {
    bundle.close();
    throw error;
  }
  return bundle;
}

async function readManifest(dir: string): Promise<AnyManifest> {
  const path = join(dir, manifestName);
  const json = await readWhole(path, wholeFileLimits.manifest);
  return parseManifest(json.toString('utf8'), path);
}

async function checkSize(path: string, entry: FileEntry): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    const failure = fromFileError(error, path, 'look at the file');
    if (failure.code !== 'not_found') throw failure;
    throw new CheckpointError('missing_file', path, 'the manifest lists this file, but it is not there');
  });
  if (!found.isFile()) throw new CheckpointError('missing_file', path, 'is not a file');
  if (found.size === entry.sizeBytes) return;
  throw new CheckpointError(
    'size_mismatch',
    path,
    `has ${found.size} bytes, the manifest says ${entry.sizeBytes}; fetch it again`,
  );
}

async function checkHash(path: string, entry: FileEntry): Promise<void> {
  const found = await sha256OfFile(path);
  if (found === entry.sha256) return;
  throw new CheckpointError(
    'hash_mismatch',
    path,
    `has SHA-256 ${found}, the manifest says ${entry.sha256}; it was changed or damaged, fetch it again`,
  );
}
