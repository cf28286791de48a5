/** Reading `config.json` of a checkpoint. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { CheckpointError } from '@x-llm/checkpoint';
import { z } from 'zod';
import type { HubConfig } from './family.ts';

export const wrongConfig = (path: string, detail: string, cause?: unknown) =>
  new CheckpointError('invalid_config', path, detail, { cause });

/** A configuration is a page of text. */
const maxConfigBytes = 1 << 20;

/** @throws CheckpointError `not_found`, `invalid_config`. */
export async function readConfig(path: string): Promise<HubConfig> {
  if (!existsSync(path)) {
    throw new CheckpointError(
      'not_found',
      path,
      'no such file; give the folder of a checkpoint, with its config.json',
    );
  }
  if ((await stat(path)).size > maxConfigBytes)
    throw wrongConfig(path, `has more than ${maxConfigBytes} bytes`);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw wrongConfig(path, 'is not a JSON object', error);
  }
}

/** The value of a field, which may lie deeper: `vision_config.hidden_size`. Undefined where there is none. */
export function valueAt(config: HubConfig, field: string): unknown {
  return field.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as HubConfig)[key];
  }, config);
}

/** @throws CheckpointError `invalid_config` where a field is there and says something that this version does not compute. */
export function refuseUnexpected(config: HubConfig, expected: HubConfig, path: string): void {
  const odd = Object.entries(expected).flatMap(([field, wanted]) => {
    const value = valueAt(config, field);
    if (value === undefined || value === wanted) return [];
    return [`${field} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`];
  });
  if (odd.length === 0) return;
  throw wrongConfig(path, `is of a model that this version does not compute: ${odd.join('; ')}`);
}
