/** What the importer has to know of a family of public checkpoints: data, so that a new one is a table. */
import type { BundleManifest } from '@x-llm/checkpoint';
import type { tokenizers } from '@x-llm/text';
import { z } from 'zod';
import type { ImageFamilyName } from './image-family.ts';

/** `config.json` of a checkpoint on the hub, unchecked. */
export type HubConfig = Readonly<Record<string, unknown>>;

export interface Family {
  /** In a few words, for `--help`. */
  readonly about: string;
  /** Whether a configuration is of this family; several may say so, and then the person has to. */
  readonly is: (config: HubConfig) => boolean;
  readonly architecture: string;
  /** Our name of each field, and theirs. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that are the same in all of them. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** What fields make together. */
  readonly derived?: (config: HubConfig) => Readonly<Record<string, unknown>>;
  /** Fields that must have this value where they are given: others are another model. */
  readonly expected: HubConfig;
  readonly tokenizer: {
    readonly type: keyof typeof tokenizers | ((config: HubConfig) => keyof typeof tokenizers);
    /** Names that its file may have. */
    readonly files: readonly string[];
  };
  /** The interface for pictures that is in the same files, by its name among `imageFamilies`. */
  readonly image?: ImageFamilyName;
  readonly chatTemplate: string;
  /** Tokens beside `eos_token_id` that end an answer, by name. */
  readonly endTokens: readonly string[];
  readonly generation: BundleManifest['generation'];
  /** Matrices that are quantised to 8 bits where others are to 4: what scores all words. */
  readonly finer: RegExp;
  /** Tensors of theirs that are computed here. */
  readonly ignored: RegExp;
  readonly licence: string;
}

const number = z.number();

/** A number of a configuration, with what it is when left out. */
export function numberOf(config: HubConfig, field: string, otherwise: number): number {
  const value = config[field];
  return value === undefined || value === null
    ? otherwise
    : number.parse(value, { error: () => `${field} is not a number` });
}
