import type { Engine } from '@x-llm/engine';
import { type Logger, pino } from 'pino';
import { findBundle } from './paths.ts';
import { UserError } from './user-error.ts';

/** Loads the model in a bundle: what was asked for, or the one that ships. */
export async function loadModel(bundle: string | undefined): Promise<Engine> {
  const folder = findBundle(bundle);
  const { loadEngine } = await import('@x-llm/engine');
  try {
    return await loadEngine(folder);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The model in ${folder} could not be loaded: ${why}`,
      'If its files were changed or cut off, get them again: git checkout, or the command that made them.',
      { cause },
    );
  }
}

/** To standard error, so that it never mixes with answers. `XLLM_LOG` sets the level. */
export function createLogger(usualLevel: string): Logger {
  return pino({ level: process.env['XLLM_LOG'] ?? usualLevel }, pino.destination({ dest: 2, sync: true }));
}
