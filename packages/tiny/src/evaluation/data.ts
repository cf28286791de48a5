/** The pictures that evaluation asks about: the held-out style's own files, and the training styles in memory. */
import type { FetchOptions } from '../data/fetch.ts';
import { heldOutStyle } from '../data/held-out.ts';
import { Pictures } from '../data/pictures.ts';
import { openPlainStyle, type PlainStyle } from '../data/render-plain.ts';
import { trainingStyles } from '../data/styles.ts';

export interface EvaluationData {
  readonly heldOut: PlainStyle;
  readonly seen: Pictures;
}

/** Fetches through npm what is not cached yet. @throws when a package cannot be fetched. */
export async function openEvaluationData(options: FetchOptions = {}): Promise<EvaluationData> {
  const heldOut = await openPlainStyle(heldOutStyle, options);
  return { heldOut, seen: await Pictures.load(trainingStyles, options) };
}
