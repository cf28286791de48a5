import { copyFile, link, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeAtomically } from '../atomic.ts';
import { CheckpointError, fromFileError } from '../error.ts';
import { type TensorSource, writeSafetensors } from '../safetensors/write.ts';
import { isSafeFileName } from './component.ts';
import { sha256OfFile } from './hash.ts';
import { type AnyManifest, type BundleManifest, type FileEntry, manifestName, type PartsManifest, parseManifest } from './manifest.ts';

/**
 * What a file of a bundle is made of: bytes or text, tensors, a file to copy, or one to share. A file that is shared is a
 * hard link where both are on one disk, and a copy otherwise; `entry` is what its own bundle says of it.
 */
export type FileSource =
  | Uint8Array
  | string
  | { readonly copyOf: string }
  | { readonly linkOf: string; readonly entry: FileEntry }
  | { readonly tensors: Iterable<TensorSource>; readonly metadata?: Readonly<Record<string, string>> };

/**
 * Writes a bundle: the files, then `xllm.json` with their hashes. Each is written atomically and the manifest last, so
 * a bundle broken off half-way is one that `openBundle` refuses. Files that are in the folder and not given here stay
 * on the disk but are not part of the bundle.
 *
 * @example await writeBundle(dir, manifest, { 'llm.safetensors': { tensors }, 'tokenizer.model': bytes });
 */
export function writeBundle(
  dir: string,
  manifest: Omit<BundleManifest, 'files'>,
  files: Readonly<Record<string, FileSource>>,
): Promise<BundleManifest>;
/** A bundle of interfaces only, for `xllm compose`. */
export function writeBundle(
  dir: string,
  manifest: Omit<PartsManifest, 'files'>,
  files: Readonly<Record<string, FileSource>>,
): Promise<PartsManifest>;
export async function writeBundle(
  dir: string,
  manifest: Omit<AnyManifest, 'files'>,
  files: Readonly<Record<string, FileSource>>,
): Promise<AnyManifest> {
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
    entries.push([name, await writeSource(file, source)]);
  }
  await makeFolder(path);
  const complete = { ...manifest, files: Object.fromEntries(entries) };
  const json = `${JSON.stringify(complete, null, 2)}\n`;
  const checked = parseManifest(json, manifestPath);
  await writeAtomically(manifestPath, (file) => file.writeFile(json));
  return checked;
}

/** What the manifest says of the file then. */
async function writeSource(path: string, source: FileSource): Promise<FileEntry> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    await writeAtomically(path, (file) => file.writeFile(source));
  } else if ('copyOf' in source) {
    await putAtomically(resolve(source.copyOf), path, copyFile);
  } else if ('linkOf' in source) {
    return shareFile(await realpath(source.linkOf), path, source.entry);
  } else {
    await writeSafetensors(path, source.tensors, source.metadata);
  }
  return entryOf(path);
}

const entryOf = async (path: string): Promise<FileEntry> => ({
  sha256: await sha256OfFile(path),
  sizeBytes: (await stat(path)).size,
});

/** A hard link is the same file, so what was known of that holds; a copy has to prove it. */
async function shareFile(from: string, to: string, known: FileEntry): Promise<FileEntry> {
  try {
    await putAtomically(from, to, link);
    return known;
  } catch {
    // Another disk, or a file system without hard links.
    await putAtomically(from, to, copyFile);
  }
  const entry = await entryOf(to);
  if (entry.sha256 === known.sha256) return entry;
  throw new CheckpointError('hash_mismatch', from, `has SHA-256 ${entry.sha256}, its bundle says ${known.sha256}`);
}

/** `put` makes a neighbour of `to`, which then takes its name. */
async function putAtomically(
  from: string,
  to: string,
  put: (from: string, to: string) => Promise<void>,
): Promise<void> {
  if (from === to) return;
  const temporary = `${to}.copying`;
  try {
    await put(from, temporary);
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
