/** What the importer has to know of the picture interface of a family of checkpoints: data, so that a new one is a table. */
import type { EvaVitConfig, QFormerConfig } from '@x-llm/models';
import type { HubConfig } from './family.ts';
import type { TensorRule } from './tensors.ts';

/** Checkpoints that a picture interface can be taken from; `image-families.ts` has the tables. */
export const imageFamilyNames = ['visualglm-6b', 'blip2-hf', 'blip2', 'x-llm'] as const;
export type ImageFamilyName = (typeof imageFamilyNames)[number];

/** One network of an interface. */
export interface PartTable<Config> {
  /** Its sizes where no configuration says others: those of the checkpoint that there is. */
  readonly sizes: Config;
  /** Our name of each field that the configuration may have, and theirs, dotted where it lies deeper. */
  readonly fields: { readonly [Field in keyof Config]?: string };
  /** What fields make together. */
  readonly derived?: (config: HubConfig) => Partial<Config>;
  /** Parameters that have other names than LAVIS's, which are ours. */
  readonly tensors: readonly TensorRule[];
}

export interface ImageFamily {
  /** In a few words. */
  readonly about: string;
  /** Whether a configuration is of this family; undefined for one without any. */
  readonly is: ((config: HubConfig) => boolean) | undefined;
  /** A file of its own for the encoder, whose names go on behind `visual_encoder.`. */
  readonly encoderFile?: string;
  /** The encoder's file has one block more than BLIP-2 computes. */
  readonly hasSpareBlock?: true;
  readonly encoder: PartTable<EvaVitConfig>;
  readonly x2l: PartTable<QFormerConfig>;
  /** Undefined where the checkpoint's leads to a language model that is not one of X-LLM's. */
  readonly adapter?: { readonly name: string; readonly tensors: readonly TensorRule[] };
  /** Fields that must have this value where they are given. */
  readonly expected: HubConfig;
  /** Tensors of theirs that this interface has no use for. */
  readonly ignored: RegExp;
  readonly source: { readonly name: string; readonly licence: string; readonly url: string };
}
