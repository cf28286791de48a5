import type { Preset } from '@x-llm/checkpoint/presets';
import {
  type FamilyName,
  type ImageFamilyName,
  imageFamilyNames,
  isModelFamily,
} from '@x-llm/engine/families';

/** Families that are imported by themselves: as a model, or as an interface for pictures. */
export type PulledFamily = FamilyName | ImageFamilyName;

export const isFamily = (name: string): name is PulledFamily => isModelFamily(name) || isInterface(name);

/** An interface for pictures without a language model, which has no tokenizer and is not quantised. */
export const isInterface = (name: string): name is Exclude<ImageFamilyName, FamilyName> =>
  imageFamilyNames.some((one) => one === name) && !isModelFamily(name);

/** Whether this version can use a checkpoint: as a model, or as a part of one. */
export const isOffered = ({ family, files }: Preset): boolean => files !== undefined || isFamily(family);
