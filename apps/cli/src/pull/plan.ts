import { isRepositoryId } from '@x-llm/checkpoint/hub';
import { type Preset, presets } from '@x-llm/checkpoint/presets';
import { families } from '@x-llm/engine/families';
import { bundleName } from '@x-llm/engine/import';
import { nearest } from '../nearest.ts';
import { UserError } from '../user-error.ts';
import { isFamily, isOffered, type PulledFamily } from './offered.ts';

/** What is to be fetched, and what becomes of it. */
export interface Plan {
  readonly repository: string;
  readonly revision: string;
  /** Of the model. */
  readonly name: string;
  /** Where it is known before the configuration is there. */
  readonly family: PulledFamily | undefined;
  readonly tokenizers: readonly string[];
  /** Of a part of a model, which is fetched and then imported into one. */
  readonly files: Preset['files'];
  readonly about: string | undefined;
  readonly licence: Preset['licence'] | undefined;
}

export interface PlanFlags {
  readonly name?: string | undefined;
  readonly revision?: string | undefined;
  readonly family?: PulledFamily | undefined;
}

const table: Readonly<Record<string, Preset>> = presets;
/** A preset by its name, or a repository. Throws `UserError` for what is neither, or of a form that is not known here. */
export function planFor(asked: string, flags: PlanFlags): Plan {
  const { name, revision, family } = flags;
  if (Object.hasOwn(table, asked)) return planOf(asked, table[asked] as Preset, flags);
  if (isRepositoryId(asked)) {
    const known = Object.values(table).find(({ repository }) => repository === asked);
    return {
      repository: asked,
      revision: revision ?? known?.revision ?? 'main',
      name: name ?? bundleName(asked),
      family,
      tokenizers: ['tokenizer.model', 'ice_text.model', 'tokenizer.json'],
      files: known?.files,
      about: known?.about,
      licence: known?.licence,
    };
  }
  const names = Object.entries(table).flatMap(([one, preset]) => (isOffered(preset) ? [one] : []));
  const near = nearest(asked, names);
  throw new UserError(
    `There is no ${asked} to pull; there are ${names.join(', ')}.`,
    near === undefined
      ? 'A repository is named OWNER/REPOSITORY.'
      : `Did you mean \`npx xllm pull ${near}\`?`,
  );
}

function planOf(asked: string, preset: Preset, { name, revision, family }: PlanFlags): Plan {
  const { repository, tokenizers, files, about, licence } = preset;
  const form = family ?? preset.family;
  if (!isFamily(form) && !files) {
    throw new UserError(
      `This version of X-LLM cannot use ${asked}: it does not know the form of ${form} yet.`,
      `It knows ${Object.keys(families).join(', ')}. Update it, or pull another model.`,
    );
  }
  return {
    repository,
    revision: revision ?? preset.revision,
    name: name ?? asked,
    family: isFamily(form) ? form : undefined,
    tokenizers,
    files,
    about,
    licence,
  };
}
