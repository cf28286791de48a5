/** The model that ships: its world, the recipe that trains it, and where its bundle lies. */
export { bundleDirectory } from './recipe/bundle.ts';
export { batchParts, classCount, encoderConfig } from './recipe/config.ts';
export {
  isRecipeStep,
  type RecipeOptions,
  RecipeRefusal,
  type RecipeStep,
  type RecipeStepName,
  type RefusalReason,
  recipe,
  runRecipe,
} from './recipe/index.ts';
export type { LeftOutStage } from './recipe/runs.ts';
