import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { isBundle, isModelName, modelNames, modelsFolder } from './home.ts';
import { nearest } from './nearest.ts';
import { UserError } from './user-error.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** Of the model that ships. */
export const tinyName = 'x-llm-tiny';

export const paths = {
  /** Kept between runs, ignored by git. */
  apiKey: join(repository, '.xllm', 'api-key'),
  /** Run folders of the tiny model's recipe, ignored by git. */
  tinyRuns: join(repository, '.xllm', 'runs', 'tiny'),
  tinyBundle: join(repository, 'packages', 'tiny', 'bundle'),
};

/**
 * The bundle to load: a folder, that of a run of `xllm train` too, a model that was pulled or imported, by its name, or the
 * one that ships. Throws `UserError` where there is none.
 */
export function findBundle(asked = process.env['XLLM_BUNDLE'] ?? paths.tinyBundle): string {
  const folder = resolve(asked);
  if (isBundle(folder)) return folder;
  if (isRun(folder)) return bundleOfRun(folder);
  if (asked === tinyName && isBundle(paths.tinyBundle)) return paths.tinyBundle;
  if (isModelName(asked)) {
    const model = join(modelsFolder(), asked);
    if (isBundle(model)) return model;
    if (!existsSync(folder)) throw unknownModel(asked);
  }
  const advice =
    folder === paths.tinyBundle
      ? 'Train it with `npx xllm train`, or name another one with --bundle DIR.'
      : 'Name the folder of a bundle, the one that holds xllm.json.';
  throw new UserError(`There is no model in ${folder} (no xllm.json).`, advice);
}

/** Whether a folder is one that `xllm train` trained into. */
export const isRun = (folder: string): boolean => existsSync(join(folder, 'run.json'));

function bundleOfRun(folder: string): string {
  const bundle = join(folder, 'bundle');
  if (isBundle(bundle)) return bundle;
  throw new UserError(
    `${folder} holds a run that has not ended, so there is no bundle of it.`,
    'Let it go on: xllm train STAGE --config FILE.',
  );
}

/** As `findBundle`, for several: those that are asked for, or those of XLLM_BUNDLE, which are listed as in PATH. */
export function findBundles(asked: readonly string[] = []): string[] {
  if (asked.length > 0) return asked.map((one) => findBundle(one));
  const listed = (process.env['XLLM_BUNDLE'] ?? '').split(delimiter).filter((one) => one !== '');
  return listed.length > 0 ? listed.map((one) => findBundle(one)) : [findBundle()];
}

/** Says which there are. */
export function unknownModel(name: string): UserError {
  const names = [tinyName, ...modelNames()].join(', ');
  const near = nearest(name, [tinyName, ...modelNames()]);
  return new UserError(
    `There is no model ${name}; there are ${names}${near === undefined ? '' : `. Did you mean ${near}?`}`,
    'Fetch one with `npx xllm pull NAME`, or name the folder of a bundle.',
  );
}
