/** What a request asks for, with the bundle's defaults, checked. */
import type { BundleManifest } from '@x-llm/checkpoint';
import { EngineError } from './error.ts';
import type { SamplingOptions } from './sampling/choose.ts';
import { randomSeed } from './sampling/random.ts';
import type { GenerateRequest } from './types.ts';

export interface Settings {
  readonly sampling: SamplingOptions;
  /** What the repetition penalty finds repeated. */
  readonly repetitionOf: NonNullable<Defaults['repetitionOf']>;
  readonly seed: number;
  readonly stop: readonly string[];
  /** Before what the context leaves room for. */
  readonly maxTokens: number;
}

type Defaults = BundleManifest['generation'];

/** Throws `invalid_value`, naming the field. */
export function settingsOf(request: GenerateRequest, defaults: Defaults): Settings {
  const { temperature, topP, topK, repetitionPenalty, seed, stop, maxTokens } = request;
  check('temperature', temperature, 'a number of 0 or more', (n) => n >= 0 && n < Infinity);
  check('topP', topP, 'a number from 0 to 1', (n) => n >= 0 && n <= 1);
  check('topK', topK, 'an integer of 1 or more', (n) => Number.isSafeInteger(n) && n >= 1);
  check('repetitionPenalty', repetitionPenalty, 'a number above 0', (n) => n > 0 && n < Infinity);
  check('seed', seed, 'a safe integer', Number.isSafeInteger);
  check('maxTokens', maxTokens, 'an integer of 1 or more', (n) => Number.isSafeInteger(n) && n >= 1);
  if (stop?.includes('')) {
    throw new EngineError('invalid_value', 'stop: an empty text would end every answer', { param: 'stop' });
  }
  return {
    sampling: {
      temperature: temperature ?? defaults.temperature,
      topP: topP ?? defaults.topP,
      topK: topK ?? defaults.topK,
      repetitionPenalty: repetitionPenalty ?? defaults.repetitionPenalty ?? 1,
    },
    repetitionOf: defaults.repetitionOf ?? 'conversation',
    seed: seed ?? randomSeed(),
    stop: stop ?? [],
    maxTokens: maxTokens ?? defaults.maxTokens,
  };
}

function check(
  param: keyof GenerateRequest,
  value: number | undefined,
  expected: string,
  isValid: (value: number) => boolean,
): void {
  if (value === undefined || isValid(value)) return;
  throw new EngineError('invalid_value', `${param}: expected ${expected}, got ${value}`, { param });
}
