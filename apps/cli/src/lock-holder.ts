/** Who holds a lock: what the file says, and whether that process is still there. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from './user-error.ts';

export interface Holder {
  /** Tells one lock of a process from its next. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own words, or empty: a process's number is given to another in time. */
  readonly start: string;
  /** As in "pulling chatglm3-6b". */
  readonly doing: string;
}

/** Without a sign of life for so long, a process of another machine counts as gone. */
export const staleAfterMs = 10 * 60_000;

/** What a lock says; undefined while it is being written, or when it is damaged. */
export function parseHolder(text: string): Holder | undefined {
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

/** Whether a process of this machine is still there. */
export function isRunning({ pid, start }: Holder): boolean {
  const now = startOf(pid);
  return now !== undefined && (start === '' || now === '' || now === start);
}

/** When a process began; empty where the system does not tell, undefined when there is no such process. */
export function startOf(pid: number): string | undefined {
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

export function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What whoever comes second is told. */
export function busy({ pid, host, doing }: Holder, file: string): UserError {
  if (host === hostname()) {
    return new UserError(
      `Another process (pid ${pid}) is ${doing}.`,
      `Wait for it, or stop it (kill ${pid}); then give the same command again.`,
    );
  }
  return new UserError(
    `Another process (pid ${pid} on ${host}) is ${doing}.`,
    `Wait for it, or stop it there; then give the same command again. If it is no more, its lock counts for ${staleAfterMs / 60_000} minutes after its last sign of life, or until you delete ${file}.`,
  );
}

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error;
