/** The recipe of the model that ships: its steps in order. Each resumes from its run folder; finished ones return at once. */
import { assembleBundle } from './bundle.ts';
import { trainEncoder } from './encoder.ts';
import { cacheFeatures } from './features.ts';
import { trainLlm } from './llm.ts';
import { trainStage1 } from './stage1.ts';
import { trainStage2 } from './stage2.ts';
import { trainTokenizer } from './tokenizer.ts';

export interface RecipeOptions {
  readonly threads: number;
  /** Instead of the step's own number of updates. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
  readonly note: (message: string) => void;
}

export interface RecipeStep {
  readonly about: string;
  readonly run: (options: RecipeOptions) => Promise<void>;
}

/** What every training step takes from the options; `steps` is its own number unless another is asked for. */
const shared = ({ threads, signal, steps: wanted }: RecipeOptions, steps: number) => ({
  threads,
  steps: wanted ?? steps,
  ...(signal ? { signal } : {}),
});

export const recipe = {
  tokenizer: {
    about: 'learn the vocabulary from the text of the world',
    run: ({ note }) => trainTokenizer(note),
  },
  llm: {
    about: 'pre-train the language model on questions and answers',
    run: (options) => trainLlm({ ...shared(options, 2800), batch: 64, rate: 2e-3 }),
  },
  encoder: {
    about: 'pre-train the picture encoder to tell 861 things apart',
    run: (options) => trainEncoder({ ...shared(options, 10_500), batch: 64, rate: 2e-3 }),
  },
  features: {
    about: 'encode scenes once, for the encoder is frozen from here on',
    run: ({ threads, note }) => cacheFeatures({ threads, note }),
  },
  stage1: {
    about: 'stage 1: the Q-Former learns to turn pictures into language (ITC + ITM + ITG)',
    run: (options) => trainStage1({ ...shared(options, 900), batch: 64, rate: 1e-3 }),
  },
  stage2: {
    about: 'stage 2: the interface learns to speak to the frozen language model',
    run: (options) => trainStage2({ ...shared(options, 10_500), batch: 64, rate: 2e-3, stage1: true }),
  },
  bundle: {
    about: 'write the bundle',
    run: ({ note }) => assembleBundle(note),
  },
} as const satisfies Readonly<Record<string, RecipeStep>>;

export type RecipeStepName = keyof typeof recipe;

export const isRecipeStep = (name: string): name is RecipeStepName => Object.hasOwn(recipe, name);

/** Runs the whole recipe, or one step of it. Between steps, and within those that train, `signal` stops it. */
export async function runRecipe(options: RecipeOptions, only?: RecipeStepName): Promise<void> {
  const names = only ? [only] : (Object.keys(recipe) as RecipeStepName[]);
  for (const [index, name] of names.entries()) {
    if (options.signal?.aborted) return;
    const step: RecipeStep = recipe[name];
    options.note(`[${index + 1}/${names.length}] ${name}: ${step.about}`);
    await step.run(options);
  }
}
