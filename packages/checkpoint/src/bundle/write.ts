import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeAtomically } from '../atomic.ts';
import { CheckpointError, fromFileError } from '../error.ts';
import { type TensorSource, writeSafetensors } from '../safetensors/write.ts';
import { isSafeFileName } from './component.ts';
import { sha256OfFile } from './hash.ts';
import { type BundleManifest, type FileEntry, manifestName, parseManifest } from './manifest.ts';

/** What a file of a bundle is made of: bytes or text, tensors, or a file to copy. */
export type FileSource =
  | Uint8Array
  | string
  | { readonly copyOf: string }
  | { readonly tensors: Iterable<TensorSource>; readonly metadata?: Readonly<Record<string, string>> };

/**
 * Writes a bundle: the files, then `xllm.json` with their hashes. Each is written atomically and the manifest last, so
 * a bundle broken off half-way is one that `openBundle` refuses. Files that are in the folder and not given here stay
 * on the disk but are not part of the bundle.
 *
 * @example await writeBundle(dir, manifest, { 'llm.safetensors': { tensors }, 'tokenizer.model': bytes });
 */
export async function writeBundle(
  dir: string,
  manifest: Omit<BundleManifest, 'files'>,
  files: Readonly<Record<string, FileSource>>,
): Promise<BundleManifest> {
  const path = resolve(dir);
  const manifestPath = join(path, manifestName);
  for (const name of Object.keys(files)) {
    if (!isSafeFileName(name) || name === manifestName) {
      throw new CheckpointError('unsafe_path', path, `${JSON.stringify(name)} cannot be a file of a bundle`);
    }
  }
  const none: FileEntry = { sha256: '0'.repeat(64), sizeBytes: 0 };
  const placeholders = Object.fromEntries(Object.keys(files).map((name) => [name, none]));
  parseManifest(JSON.stringify({ ...manifest, files: placeholders }), manifestPath); // before writing anything

  const entries: [string, FileEntry][] = [];
  for (const [name, source] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = join(path, name);
    await makeFolder(dirname(file));
    await writeSource(file, source);
    entries.push([name, { sha256: await sha256OfFile(file), sizeBytes: (await stat(file)).size }]);
  }
  await makeFolder(path);
  const complete = { ...manifest, files: Object.fromEntries(entries) };
  const json = `${JSON.stringify(complete, null, 2)}\n`;
  const checked = parseManifest(json, manifestPath);
  await writeAtomically(manifestPath, (file) => file.writeFile(json));
  return checked;
}

async function writeSource(path: string, source: FileSource): Promise<void> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    await writeAtomically(path, (file) => file.writeFile(source));
  } else if ('copyOf' in source) {
    await copyAtomically(resolve(source.copyOf), path);
  } else {
    await writeSafetensors(path, source.tensors, source.metadata);
  }
}

async function copyAtomically(from: string, to: string): Promise<void> {
  if (from === to) return;
  const temporary = `${to}.copying`;
  try {
    await copyFile(from, temporary);
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fromFileError(error, from, `copy the file to ${to}`);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw fromFileError(error, path, 'make the folder');
  }
}
