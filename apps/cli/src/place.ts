/** Where a model is going to be. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isBundle } from './home.ts';
import { lockPath } from './lock.ts';
import { UserError } from './user-error.ts';

export interface PlaceOptions {
  /** Whether a model that is there is replaced. */
  readonly force: boolean;
  /** What other processes are told that want the same place, as in "pulling chatglm3-6b". */
  readonly doing: string;
  /** Folders that are read: they are not to be replaced. */
  readonly reads?: readonly string[];
}

/** A place that no other process writes to. What is written and not kept is deleted when it is disposed of. */
export interface Place extends AsyncDisposable {
  /** Where the model will be. */
  readonly to: string;
  /** The folder to write it into. */
  readonly draft: string;
  /** Puts what was written into its place; what was there is deleted then. */
  readonly keep: () => void;
}

/**
 * Keeps a place for a model that is about to be made. It is made in a folder beside, so that all that fails leaves a
 * model that is there as it was.
 *
 * @throws UserError for a place that is taken, without `force` or by what is no model, and for one that another process
 * works on.
 * @example
 * await using place = await reservePlace(to, { force, doing: 'importing chatglm3-6b' });
 * await importCheckpoint({ from, to: place.draft });
 * place.keep();
 */
export async function reservePlace(to: string, { force, doing, reads = [] }: PlaceOptions): Promise<Place> {
  const path = resolve(to);
  const beside = (what: string) => join(dirname(path), `.${basename(path)}.${what}`);
  const [draft, old] = [beside('new'), beside('old')];
  requireFree(path, force, reads);
  await using held = new AsyncDisposableStack();
  held.use(await lockPath(path, doing));
  // Of a process that was killed: between two names, or while it wrote.
  if (existsSync(old) && !existsSync(path)) renameSync(old, path);
  requireFree(path, force, reads);
  const clean = () => {
    for (const folder of existsSync(path) ? [draft, old] : [draft])
      rmSync(folder, { recursive: true, force: true });
  };
  clean();
  process.on('exit', clean);
  held.defer(() => {
    process.off('exit', clean);
    clean();
  });
  const kept = held.move();
  return {
    to: path,
    draft,
    keep() {
      const replaces = existsSync(path);
      if (replaces) renameSync(path, old);
      try {
        renameSync(draft, path);
      } catch (error) {
        if (replaces) renameSync(old, path);
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Only a model is replaced: `--out` may name any folder. */
function requireFree(path: string, force: boolean, reads: readonly string[]): void {
  if (!existsSync(path) || isEmptyFolder(path)) return;
  if (!isBundle(path)) {
    throw new UserError(
      `${path} is there already, and is no model (no xllm.json).`,
      'Choose another --name or --out.',
    );
  }
  const read = reads.map((one) => resolve(one)).find((one) => one === path || one.startsWith(path + sep));
  if (read !== undefined)
    throw new UserError(
      `${read === path ? path : `${read}, in ${path},`} is what is read.`,
      'Give the new model another place with --out, or another --name.',
    );
  if (force) return;
  throw new UserError(
    `${path} is there already.`,
    'Choose another --name or --out, or replace it with --force.',
  );
}

const isEmptyFolder = (path: string): boolean =>
  statSync(path).isDirectory() && readdirSync(path).length === 0;
