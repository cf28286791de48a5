/** The pictures that evaluation asks about. */
import type { FetchOptions } from '../data/fetch.ts';
import { heldOutStyle } from '../data/held-out.ts';
import { Pictures } from '../data/pictures.ts';
import { openPlainStyle, type PlainStyle } from '../data/render-plain.ts';
import { trainingStyles } from '../data/styles.ts';

export interface EvaluationData {
  /** The style that was never trained on: its own files. */
  readonly heldOut: PlainStyle;
  /** The training styles: in memory for the augmenter, and their own files. */
  readonly seen: Pictures;
  readonly seenFiles: readonly PlainStyle[];
}

/** Fetches through npm what is not cached yet. @throws when a package cannot be fetched. */
export async function openEvaluationData(options: FetchOptions = {}): Promise<EvaluationData> {
  const heldOut = await openPlainStyle(heldOutStyle, options);
  const seen = await Pictures.load(trainingStyles, options);
  const seenFiles: PlainStyle[] = [];
  for (const style of trainingStyles) seenFiles.push(await openPlainStyle(style, options));
  return { heldOut, seen, seenFiles };
}
