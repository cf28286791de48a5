/** Files from the hub onto the disk: each is there whole and as listed, or not at all. */
import type { Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CheckpointError, fromFileError } from '../error.ts';
import { expectOk, type Hub, reasonOf } from './connect.ts';
import { addressOf, type RemoteFile, type Repository, startHash } from './repository.ts';

export interface DownloadOptions {
  /** Ends the download; what has come stays, and the next one goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Told how much of a file is there: at its start, as it comes, and when it is whole. */
  readonly onProgress?: ((file: RemoteFile, doneBytes: number) => void) | undefined;
  /** Called when a file is whole, before the next one is asked for; what it throws ends the download. */
  readonly onFile?: ((file: RemoteFile) => Promise<void>) | undefined;
  /** The wait before a broken connection is tried again; it doubles. Default 1 s. */
  readonly retryDelayMs?: number;
}

/** Connections in a row that bring nothing before it is given up. */
const maxIdleTries = 4;

/**
 * Brings `files` of a repository into `folder` and hashes them on the way. What is there and whole is not asked for again;
 * of what is there in part the rest is. A connection that breaks is made anew while it still brings something. Other
 * files that are in the folder are removed: it is the checkpoint’s own.
 *
 * @throws CheckpointError `hash_mismatch` (the file is not kept), `truncated`, `unsafe_path` for a link in the folder,
 * `no_space`, `hub_*`; the signal's reason.
 * @example await downloadFiles(hub, repository, chooseFiles(repository, ['tokenizer.model']), 'chatglm3-6b');
 */
export async function downloadFiles(
  hub: Hub,
  repository: Repository,
  files: readonly RemoteFile[],
  folder: string,
  options: DownloadOptions = {},
): Promise<void> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    const keep = new Set(files.flatMap((file) => [file.name, partName(file)]));
    for (const name of await readdir(path))
      if (!keep.has(name)) await rm(join(path, name), { recursive: true });
    for (const file of files) {
      await new Download(hub, repository, file, path, options).run();
      await options.onFile?.(file);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw fromFileError(error, path, 'write to the folder');
  }
}

/** How much of `files` is not in `folder` yet. */
export async function remainingBytes(files: readonly RemoteFile[], folder: string): Promise<number> {
  const sizes = files.map(async (file) => {
    const sizeOf = async (name: string) =>
      (await lstat(join(folder, name)).catch(() => undefined))?.size ?? 0;
    const there = Math.max(await sizeOf(file.name), await sizeOf(partName(file)));
    return Math.max(0, file.sizeBytes - there);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** With its hash, so that parts of two versions of a file never become one. */
const partName = ({ name, hash }: RemoteFile): string => `.${name}.${hash.hex.slice(0, 12)}.part`;

class Download {
  readonly #hub: Hub;
  readonly #repository: Repository;
  readonly #file: RemoteFile;
  readonly #target: string;
  readonly #part: string;
  readonly #options: DownloadOptions;
  #hash: Hash;
  #done = 0;

  constructor(hub: Hub, repository: Repository, file: RemoteFile, folder: string, options: DownloadOptions) {
    this.#hub = hub;
    this.#repository = repository;
    this.#file = file;
    this.#target = join(folder, file.name);
    this.#part = join(folder, partName(file));
    this.#options = options;
    this.#hash = startHash(file);
  }

  async run(): Promise<void> {
    if (await this.#isWhole()) return;
    const resumed = await this.#fetchPart();
    if (this.#hash.copy().digest('hex') !== this.#file.hash.hex && resumed) {
      // What was there before may have been damaged: once more, from the start.
      await rm(this.#part);
      this.#restart();
      await this.#fetchPart();
    }
    const found = this.#hash.digest('hex');
    if (found !== this.#file.hash.hex) {
      await rm(this.#part);
      const { algorithm, hex } = this.#file.hash;
      throw new CheckpointError(
        'hash_mismatch',
        this.#target,
        `what came has ${algorithm} ${found}, the hub lists ${hex}; it was not kept`,
      );
    }
    await rename(this.#part, this.#target);
  }

  #restart(): void {
    this.#hash = startHash(this.#file);
    this.#done = 0;
  }

  #progress(): void {
    this.#options.onProgress?.(this.#file, this.#done);
  }

  /** By its hash: a file's name and size say nothing of a disk that was full, or of another version. */
  async #isWhole(): Promise<boolean> {
    const { signal } = this.#options;
    const size = await sizeOfFile(this.#target);
    if (size === undefined) return false;
    if (size === this.#file.sizeBytes) {
      await pipeline(createReadStream(this.#target, { highWaterMark: 1 << 20 }), this.#hash, {
        end: false,
        ...(signal && { signal }),
      });
      this.#done = size;
      if (this.#hash.copy().digest('hex') === this.#file.hash.hex) {
        this.#progress();
        return true;
      }
    }
    this.#restart();
    await rm(this.#target);
    return false;
  }

  /** Fills the part, from where it ends; says whether something was there before. */
  async #fetchPart(): Promise<boolean> {
    await sizeOfFile(this.#part);
    const { O_RDWR, O_CREAT, O_NOFOLLOW = 0 } = constants;
    await using handle = await open(this.#part, O_RDWR | O_CREAT | O_NOFOLLOW);
    await this.#readPart(handle);
    const resumed = this.#done > 0;
    this.#progress();
    await this.#fetchRest(handle);
    await handle.sync();
    return resumed;
  }

  /** Hashes what an earlier download left. */
  async #readPart(handle: FileHandle): Promise<void> {
    const { size } = await handle.stat();
    if (size > this.#file.sizeBytes) return handle.truncate(0);
    const buffer = Buffer.allocUnsafe(1 << 20);
    while (this.#done < size) {
      this.#options.signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.#done);
      if (bytesRead === 0) return;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#done += bytesRead;
    }
  }

  async #fetchRest(handle: FileHandle): Promise<void> {
    const { signal, retryDelayMs = 1000 } = this.#options;
    const { name, sizeBytes } = this.#file;
    let idleTries = 0;
    let why = '';
    while (this.#done < sizeBytes) {
      const before = this.#done;
      try {
        await this.#append(handle);
        why = 'the connection ended';
      } catch (error) {
        signal?.throwIfAborted();
        if (!isPassing(error)) throw error;
        why = error instanceof CheckpointError ? error.message : `the connection broke (${reasonOf(error)})`;
      }
      if (this.#done >= sizeBytes) return;
      idleTries = this.#done > before ? 0 : idleTries + 1;
      if (idleTries >= maxIdleTries) {
        const detail = `${why} after ${this.#done} of ${sizeBytes} bytes; the same command goes on from there`;
        throw new CheckpointError('truncated', name, detail);
      }
      await delay(retryDelayMs * 2 ** idleTries, undefined, signal && { signal });
    }
  }

  /** One connection: what it brings goes to the end of the part. */
  async #append(handle: FileHandle): Promise<void> {
    const { id, page } = this.#repository;
    const { name, sizeBytes } = this.#file;
    const { signal } = this.#options;
    const url = addressOf(this.#hub, this.#repository, this.#file);
    // Bytes are counted and hashed as they are in the file: not compressed.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (this.#done > 0) headers['range'] = `bytes=${this.#done}-`;
    const answer = await this.#hub.fetch(url, { headers, ...(signal && { signal }) });
    const response = await expectOk(this.#hub, answer, `${id}/${name}`, page);
    if (startOf(response) !== this.#done) {
      this.#restart();
      await handle.truncate(0);
      if (startOf(response) !== 0)
        throw new CheckpointError('hub_failed', name, 'the hub sends another part of it');
    }
    for await (const chunk of response.body ?? []) {
      if (this.#done + chunk.length > sizeBytes) {
        const detail = `the hub sends more than the ${sizeBytes} bytes that it lists; it was not kept`;
        await rm(this.#part);
        throw new CheckpointError('size_mismatch', name, detail);
      }
      await writeAll(handle, chunk, this.#done);
      this.#hash.update(chunk);
      this.#done += chunk.length;
      this.#progress();
    }
  }
}

/** Where an answer's bytes begin: 0 from a server that ignores Range. */
function startOf({ status, headers }: Response): number {
  if (status !== 206) return 0;
  return Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}

/** Of a file, undefined where there is nothing. A link may lead anywhere: what comes from a hub is not written to it. */
async function sizeOfFile(path: string): Promise<number | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return found?.size;
  throw new CheckpointError('unsafe_path', path, 'is a link or a folder where a file is to go; remove it');
}

/** Whether another try may help: a broken connection, a hub that is down for a moment; not a full disk, not a refusal. */
function isPassing(error: unknown): boolean {
  if (error instanceof CheckpointError) return error.code === 'hub_offline' || error.code === 'hub_failed';
  return error instanceof TypeError; // what fetch throws for a body that breaks off
}
