import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CheckpointError, fromFileError } from '../error.ts';
import { openSafetensors, type SafetensorsFile } from '../safetensors/read.ts';
import { sha256OfFile } from './hash.ts';
import { type BundleManifest, type FileEntry, manifestName, parseManifest } from './manifest.ts';

export interface BundleOptions {
  /** Compare every file with its SHA-256. Default true; without it only existence and size are checked. */
  readonly verify?: boolean;
}

/** An open bundle: its manifest, its files, its safetensors already open. Close it, or declare it with `using`. */
export class Bundle {
  /** The folder, absolute. */
  readonly path: string;
  readonly manifest: BundleManifest;
  readonly #weights: ReadonlyMap<string, SafetensorsFile>;

  constructor(path: string, manifest: BundleManifest, weights: ReadonlyMap<string, SafetensorsFile>) {
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

  close(): void {
    for (const file of this.#weights.values()) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Opens a bundle folder: reads `xllm.json`, checks that every file is there, whole and unchanged, and opens its
 * safetensors. Throws CheckpointError, naming the file that is wrong.
 *
 * @example using bundle = await openBundle('bundles/x-llm-tiny'); bundle.weights(bundle.manifest.llm.weights);
 */
export async function openBundle(dir: string, options: BundleOptions = {}): Promise<Bundle> {
  const path = resolve(dir);
  const manifest = await readManifest(path);
  const entries = Object.entries(manifest.files);
  await Promise.all(entries.map(([name, entry]) => checkSize(join(path, name), entry)));
  if (options.verify ?? true) {
    for (const [name, entry] of entries) await checkHash(join(path, name), entry);
  }
  const weights = new Map<string, SafetensorsFile>();
  try {
    for (const name of Object.keys(manifest.files)) {
      if (name.endsWith('.safetensors')) weights.set(name, await openSafetensors(join(path, name)));
    }
  } catch (error) {
    for (const file of weights.values()) file.close();
    throw error;
  }
  return new Bundle(path, manifest, weights);
}

async function readManifest(dir: string): Promise<BundleManifest> {
  const path = join(dir, manifestName);
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (error) {
    throw fromFileError(error, path, 'read the manifest');
  }
  return parseManifest(json, path);
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
