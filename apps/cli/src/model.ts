import { CheckpointError } from '@x-llm/checkpoint';
import type { Engine } from '@x-llm/engine';
import { type Logger, pino } from 'pino';
import { findBundle } from './paths.ts';
import { UserError } from './user-error.ts';

/** Loads the model in a bundle: what was asked for, or the one that ships. */
export async function loadModel(bundle: string | undefined): Promise<Engine> {
  const folder = findBundle(bundle);
  const { loadEngine } = await import('@x-llm/engine');
  return loadEngine(folder).catch((cause: unknown) => {
    throw notLoaded([folder], cause);
  });
}

/** Loads several, which share the parts that they have in common. */
export async function loadModels(folders: readonly string[]): Promise<Engine[]> {
  const { loadEngines } = await import('@x-llm/engine');
  return loadEngines(folders).catch((cause: unknown) => {
    throw notLoaded(folders, cause);
  });
}

function notLoaded(folders: readonly string[], cause: unknown): UserError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UserError(
    `The model in ${folders.join(', ')} could not be loaded: ${why}`,
    adviceFor(cause, why),
    { cause },
  );
}

function adviceFor(cause: unknown, why: string): string {
  if (cause instanceof CheckpointError && cause.code === 'no_language_model')
    return 'Give its interfaces a language model: npx xllm compose --help.';
  if (/are both called/.test(why))
    return 'Give one of them another name: xllm compose --llm MODEL … --name NAME.';
  return 'If its files were changed or cut off, get them again: git checkout, or the command that made them.';
}

/** To standard error, so that it never mixes with answers. `XLLM_LOG` sets the level. */
export function createLogger(usualLevel: string): Logger {
  return pino({ level: process.env['XLLM_LOG'] ?? usualLevel }, pino.destination({ dest: 2, sync: true }));
}
