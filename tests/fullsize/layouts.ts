/** Every public layout that can be imported, by name. A new one is a row in one of the three tables. */
import type { Checkpoint, Size } from './checkpoint.ts';
import { languageLayouts } from './language-layouts.ts';
import { pictureLayouts } from './picture-layouts.ts';
import { speechLayouts } from './speech-layouts.ts';

export interface Layout {
  /** In a few words, for `--help`. */
  readonly about: string;
  readonly make: (size: Size) => Checkpoint;
}

export const layouts = { ...languageLayouts, ...pictureLayouts, ...speechLayouts } as const satisfies Record<
  string,
  Layout
>;

export type LayoutName = keyof typeof layouts;
export const layoutNames = Object.keys(layouts) as LayoutName[];
