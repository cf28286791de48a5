/** Where the runs of the recipe lie, and what is trained again to see what a stage is worth. */
import { fullSizes, type RecipeSizes, runsDirectory, sizesAt } from './config.ts';

/** The run folder of a step. */
export type Runs = (step: string) => string;

export const wholeRecipe: Runs = (step) => `${runsDirectory}/${step}`;

/** Where the recipe runs. */
export interface RecipePlace {
  /** A step's own run lies where those before it do. */
  readonly runs: Runs;
  /** Those of the whole recipe, unless given. */
  readonly sizes?: RecipeSizes;
}

/** The recipe with a share of all its updates and data, in run folders of its own. */
export const recipeAt = (share: number): Required<RecipePlace> =>
  share === 1
    ? { runs: wholeRecipe, sizes: fullSizes }
    : { runs: (step) => `${runsDirectory}-${share}/${step}`, sizes: sizesAt(share) };

/** Steps that make no update when a stage of the paper is left out, and steps that follow from them. */
const leftOut = {
  stage1: {
    still: ['stage1', 'stage1-speech'],
    follow: ['words', 'stage2', 'firings', 'tokens', 'stage2-speech', 'stage3', 'bundle'],
  },
  stage2: {
    still: ['words', 'stage2', 'tokens', 'stage2-speech'],
    follow: ['stage3', 'bundle'],
  },
  stage3: { still: ['stage3'], follow: ['bundle'] },
} as const;

export type LeftOutStage = keyof typeof leftOut;

export const stages = Object.keys(leftOut) as LeftOutStage[];

export interface Ablation {
  /** Its own folder for what is trained again; that of the recipe for the rest. */
  readonly runs: Runs;
  /** Whether the step is run again. */
  readonly again: (step: string) => boolean;
  /** Whether it makes no update: what it begins with is what it ends with. */
  readonly still: (step: string) => boolean;
}

/** The recipe without a stage; `recipe` says where everything else of it lies. */
export function without(stage: LeftOutStage, recipe: Runs = wholeRecipe): Ablation {
  const { still, follow } = leftOut[stage];
  const isStill = (step: string): boolean => (still as readonly string[]).includes(step);
  const again = (step: string): boolean => isStill(step) || (follow as readonly string[]).includes(step);
  return {
    runs: (step) => (again(step) ? `${recipe(`without-${stage}`)}/${step}` : recipe(step)),
    again,
    still: isStill,
  };
}
