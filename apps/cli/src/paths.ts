import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from './user-error.ts';

const repository = resolve(import.meta.dirname, '../../..');

export const paths = {
  /** Kept between runs, ignored by git. */
  apiKey: join(repository, '.xllm', 'api-key'),
  /** Run folders of the tiny model's recipe, ignored by git. */
  tinyRuns: join(repository, '.xllm', 'runs', 'tiny'),
  tinyBundle: join(repository, 'packages', 'tiny', 'bundle'),
};

/** The bundle to load: what was asked for, or the one that ships. Throws `UserError` where there is none. */
export function findBundle(asked: string | undefined): string {
  const folder = resolve(asked ?? process.env['XLLM_BUNDLE'] ?? paths.tinyBundle);
  if (existsSync(join(folder, 'xllm.json'))) return folder;
  const advice =
    folder === paths.tinyBundle
      ? 'Train it with `npx xllm train`, or name another one with --bundle DIR.'
      : 'Name the folder of a bundle, the one that holds xllm.json.';
  throw new UserError(`There is no model in ${folder} (no xllm.json).`, advice);
}
