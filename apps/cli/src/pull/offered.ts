import type { Preset } from '@x-llm/checkpoint/presets';
import { type FamilyName, families } from '@x-llm/engine/families';

export const isFamily = (name: string): name is FamilyName => Object.hasOwn(families, name);

/** Whether this version can use a checkpoint: as a model, or as a part of one. */
export const isOffered = ({ family, files }: Preset): boolean => files !== undefined || isFamily(family);
