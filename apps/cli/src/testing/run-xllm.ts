import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Given the process when it runs, as to send it a signal. */
  readonly onStart?: (child: ChildProcess) => void;
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line that was printed about a failure. */
  readonly lastLine: string;
}

/** The command line in a process of its own, as people run it. */
export function runXllm(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  child.stdin.end(options.input ?? '');
  options.onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
      resolve({ code, stdout, stderr, lastLine });
    });
  });
}
