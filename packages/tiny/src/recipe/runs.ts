/** Where the runs of the recipe lie, and what is trained again to see what a stage is worth. */
import { runsDirectory } from './config.ts';

/** The run folder of a step. */
export type Runs = (step: string) => string;

export const wholeRecipe: Runs = (step) => `${runsDirectory}/${step}`;

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
  /** Its own folder for what is trained again; that of the whole recipe for the rest. */
  readonly runs: Runs;
  /** Whether the step is run again. */
  readonly again: (step: string) => boolean;
  /** Whether it makes no update: what it begins with is what it ends with. */
  readonly still: (step: string) => boolean;
}

/** The recipe without a stage. */
export function without(stage: LeftOutStage): Ablation {
  const { still, follow } = leftOut[stage];
  const isStill = (step: string): boolean => (still as readonly string[]).includes(step);
  const again = (step: string): boolean => isStill(step) || (follow as readonly string[]).includes(step);
  return {
    runs: (step) => (again(step) ? `${runsDirectory}/without-${stage}/${step}` : wholeRecipe(step)),
    again,
    still: isStill,
  };
}
