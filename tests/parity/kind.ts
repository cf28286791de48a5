import type { Comparison } from './comparison.ts';
import type { GoldenFolder } from './folder.ts';

/** How to check the folders of one kind. */
export interface Kind {
  /** What is compared, in a few words. */
  readonly summary: string;
  /** Files that every folder of the kind has. */
  readonly files: readonly string[];
  /** What a folder of this kind holds and nothing here computes yet; the report says so. */
  readonly notYet?: string;
  /** Computes everything the folder expects. Sizes come from its files: others bring folders of other sizes. */
  check(folder: GoldenFolder): Promise<Comparison[]>;
}
