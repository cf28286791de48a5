/** One process at a time: a file beside what is worked on that says who does it. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from './user-error.ts';

interface Holder {
  /** Tells one lock of a process from its next. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own words, or empty: a process's number is given to another in time. */
  readonly start: string;
  /** As in "pulling chatglm3-6b". */
  readonly doing: string;
}

/** A lock is written a moment after it is made; one that stays empty so long is of a process that ended in between. */
const writtenWithinMs = 1000;

/**
 * Keeps other processes from `path` until the result is disposed of or this process ends. The lock of a process that is
 * no more is taken over. `doing` is what others are told.
 *
 * @throws UserError when another process holds it.
 * @example await using lock = await lockPath('/models/chatglm3-6b', 'pulling chatglm3-6b');
 */
export async function lockPath(path: string, doing: string): Promise<AsyncDisposable> {
  const file = join(dirname(path), `.${basename(path)}.lock`);
  const { pid } = process;
  const mine: Holder = { id: randomUUID(), pid, host: hostname(), start: startOf(pid) ?? '', doing };
  const text = JSON.stringify(mine);
  await mkdir(dirname(file), { recursive: true });
  while (!(await create(file, text))) {
    const held = await readHeld(file);
    if (held === undefined) continue;
    const holder = parseHolder(held);
    if (holder && isAlive(holder)) throw busy(holder, file);
    await removeStale(file, held);
  }
  const release = () => {
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

function parseHolder(text: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(text);
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, ...words } = value as { [Key in keyof Holder]?: unknown };
  const { id, host, start, doing } = words;
  return Number.isSafeInteger(pid) && [id, host, start, doing].every((word) => typeof word === 'string');
}

/** Of a process on another machine nothing can be known: it counts as alive. */
function isAlive({ pid, host, start }: Holder): boolean {
  if (host !== hostname()) return true;
  const now = startOf(pid);
  return now !== undefined && (start === '' || now === '' || now === start);
}

/** When a process began; empty where the system does not tell, undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another person's.
    if (isSystemError(error) && error.code === 'ESRCH') return undefined;
  }
  if (process.platform !== 'linux') return '';
  // proc(5): after the name in brackets come the state and, as the 22nd field of all, the start.
  const [state, ...fields] = readOrNothing(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ') ?? [];
  return state === 'Z' ? undefined : (fields[18] ?? '');
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function busy({ pid, host, doing }: Holder, file: string): UserError {
  if (host === hostname()) {
    return new UserError(
      `Another process (pid ${pid}) is ${doing}.`,
      `Wait for it, or stop it (kill ${pid}); then give the same command again.`,
    );
  }
  return new UserError(
    `Another process (pid ${pid} on ${host}) is ${doing}.`,
    `Wait for it, or stop it there; if it is no more, delete ${file} and give the same command again.`,
  );
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error;
