/** One process at a time: a file beside what is worked on that says who does it. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  busy,
  type Holder,
  isRunning,
  isSystemError,
  parseHolder,
  readOrNothing,
  staleAfterMs,
  startOf,
} from './lock-holder.ts';

/** How often a lock is written anew, so that other machines see that its process is there. */
const usualBeatMs = 60_000;

/** A lock is written a moment after it is made; one that stays empty so long is of a process that ended in between. */
const writtenWithinMs = 1000;

/**
 * Keeps other processes from `path` until the result is disposed of or this process ends. The lock of a process that is
 * no more is taken over: of this machine at once, of another when it has given no sign of life for `staleAfterMs`, since
 * nothing else can be known of it. `doing` is what others are told.
 *
 * @throws UserError when another process holds it.
 * @example await using lock = await lockPath('/models/chatglm3-6b', 'pulling chatglm3-6b');
 */
export async function lockPath(path: string, doing: string, beatMs = usualBeatMs): Promise<AsyncDisposable> {
  const file = join(dirname(path), `.${basename(path)}.lock`);
  const { pid } = process;
  const mine: Holder = { id: randomUUID(), pid, host: hostname(), start: startOf(pid) ?? '', doing };
  const text = JSON.stringify(mine);
  await mkdir(dirname(file), { recursive: true });
  while (!(await create(file, text))) {
    const held = await readHeld(file);
    if (held === undefined) continue;
    const holder = parseHolder(held);
    if (holder && (await isAlive(holder, file))) throw busy(holder, file);
    await removeStale(file, held);
  }
  const beating = setInterval(() => void beat(file, text), beatMs).unref();
  const release = () => {
    clearInterval(beating);
    if (readOrNothing(file) === text) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return {
    async [Symbol.asyncDispose]() {
      process.off('exit', release);
      release();
    },
  };
}

/** Whether the file is this process's; false where there was one. */
async function create(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** What it says, once that is written; undefined when it was released meanwhile. */
async function readHeld(file: string): Promise<string | undefined> {
  const until = performance.now() + writtenWithinMs;
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined || parseHolder(text) || performance.now() > until) return text;
    await delay(20);
  }
}

/**
 * Others may find it stale at the same moment: only one can rename it, and what was renamed is looked at again, lest it
 * be the lock of the one who was quicker; that goes back to where it was.
 */
async function removeStale(file: string, held: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return;
    throw error;
  }
  const found = await readFile(aside, 'utf8');
  if (found !== held) await create(file, found);
  await rm(aside);
}

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.host === hostname()) return isRunning(holder);
  const age = await ageMs(file);
  return age !== undefined && age < staleAfterMs;
}

/** Since it was written, by the clock of whoever keeps the files: machines' own differ. Undefined when it is gone. */
async function ageMs(file: string): Promise<number | undefined> {
  const probe = `${file}.${randomUUID()}`;
  await writeFile(probe, '');
  try {
    const [now, then] = await Promise.all([stat(probe), stat(file)]);
    return now.mtimeMs - then.mtimeMs;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    await rm(probe);
  }
}

/** A sign of life: the same words again, in the file that was looked at, which may be another's by now. */
async function beat(file: string, text: string): Promise<void> {
  try {
    await using handle = await open(file, 'r+');
    if ((await handle.readFile('utf8')) === text) await handle.write(text, 0);
  } catch {
    // The next one may work; others wait for several.
  }
}
