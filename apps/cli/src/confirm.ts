import { createInterface } from 'node:readline/promises';
import { UserError } from './user-error.ts';

/**
 * Asks on the terminal and goes on with a yes. Throws `UserError` for a no, and where nobody can be asked.
 * @param advice What to do where nobody can be asked, or nothing was agreed to.
 */
export async function confirm(question: string, advice: string, signal?: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UserError('There is no terminal to ask on.', advice);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const asked = terminal.question(`${question} [y/N] `, signal ? { signal } : {});
    // Ctrl-C is a no.
    const answer = await asked.catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') return '';
      throw error;
    });
    if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was done.', advice);
  } finally {
    terminal.close();
  }
}
