import { Rng } from '../data/rng.ts';

/** Other than every seed of the recipe, so that no picture of training comes back. */
export const evaluationSeed = 861_002;

/** One for each use, so that adding one changes no other. */
const streams = {
  order: 1,
  picture: 2,
  scene: 3,
  question: 4,
  augmentedScene: 5,
  style: 6,
  clip: 7,
  sentence: 8,
  noise: 9,
  about: 10,
  spokenQuestion: 11,
  clipQuestion: 12,
  relative: 13,
} as const;

export function evaluationRng(stream: keyof typeof streams, ...parts: number[]): Rng {
  return new Rng(evaluationSeed, streams[stream], ...parts);
}

/** A shuffled copy: the same each time, and the first n of it are a fair sample. */
export function shuffled<T>(list: readonly T[], ...parts: number[]): T[] {
  return evaluationRng('order', ...parts).shuffle([...list]);
}
