/** The recipe of the model that ships: its steps in order. Each resumes from its run folder; finished ones return at once. */

import type { Rng } from '../data/index.ts';
import { synthesise } from '../data/speech/index.ts';
import { taughtSentence } from '../text/index.ts';
import { assembleBundle, bundleDirectory } from './bundle.ts';
import { cacheClipFeatures } from './clip-features.ts';
import { englishShare, recipeSeed, type TrainingStepName } from './config.ts';
import { trainEncoder } from './encoder.ts';
import { cacheFeatures } from './features.ts';
import { cacheFirings } from './firings.ts';
import { unpackFrozenParts } from './from-bundle.ts';
import { handOver, takeOver } from './handover.ts';
import { interfaceWeights, type Learnt, llmWeights } from './learnt.ts';
import { trainLlm } from './llm.ts';
import { type LeftOutStage, recipeAt, without } from './runs.ts';
import { trainStage1 } from './stage1.ts';
import { trainStage1Speech } from './stage1-speech.ts';
import { trainStage2 } from './stage2.ts';
import { trainStage2Speech } from './stage2-speech.ts';
import { trainStage3 } from './stage3.ts';
import { trainTokenizer } from './tokenizer.ts';
import { trainTokens } from './tokens.ts';
import { trainWords } from './words.ts';

export interface RecipeOptions {
  readonly threads: number;
  /** This step alone. */
  readonly only?: RecipeStepName;
  /** Leaves a stage of the paper out, to see what it is worth: what follows from it is trained again, to a bundle of its own. */
  readonly without?: LeftOutStage;
  /** Takes what the bundle holds frozen from there, and trains the interface. */
  readonly fromBundle?: boolean;
  /** Begins with the weights of the bundle where a step has no checkpoint, and takes from it what was not run. */
  readonly warmStart?: boolean;
  /** The share of all updates and data, 0 to 1, to see the recipe run: in run folders of its own, to a bundle beside them. */
  readonly scale?: number;
  /** Instead of the step's own number of updates. */
  readonly steps?: number;
  /** Instead of the step's own highest learning rate. */
  readonly rate?: number;
  /** Of a warm start's `bundle`: the share of every weight that stays as the bundle had it before. */
  readonly keep?: number;
  /** A folder for what steps learnt: those not run here are taken from it, those run here added to it. */
  readonly handover?: string;
  readonly signal?: AbortSignal;
  /** Keeps others from the run folder of a step until what it gives is disposed of. */
  readonly hold?: (folder: string) => Promise<AsyncDisposable>;
  readonly note: (message: string) => void;
}

/** What a step is run with: the options, and what a warm start begins with. */
type StepContext = RecipeOptions & Required<Omit<Learnt, 'start'>> & Pick<Learnt, 'start'>;

export interface RecipeStep {
  readonly about: string;
  readonly run: (options: StepContext) => Promise<void>;
}

/** What every training step takes from the options; its own number of updates, and rate, unless another is asked for. */
const shared = (options: StepContext, step: TrainingStepName, rate: number) => ({
  threads: options.threads,
  steps:
    options.without && without(options.without).still(step)
      ? 0
      : (options.steps ?? options.sizes.updates[step]),
  rate: options.rate ?? rate,
  ...learnt(options),
  ...(options.signal ? { signal: options.signal } : {}),
});

const learnt = ({ runs, sizes, start }: StepContext): Learnt => ({ runs, sizes, start });

export const recipe = {
  tokenizer: {
    about: 'learn the vocabulary from the text of the world',
    run: ({ note, runs }) => trainTokenizer(note, runs),
  },
  llm: {
    about: 'pre-train the language model on questions and answers',
    run: (options) => trainLlm({ ...shared(options, 'llm', 2e-3), batch: 64 }),
  },
  encoder: {
    about: 'pre-train the picture encoder to tell 861 things apart',
    run: (options) => trainEncoder({ ...shared(options, 'encoder', 2e-3), batch: 64 }),
  },
  features: {
    about: 'encode scenes once, for the encoder is frozen from here on',
    run: ({ threads, note, signal, runs, sizes }) => cacheFeatures({ threads, note, signal, runs, sizes }),
  },
  clips: {
    about: 'encode the frames of clips once',
    run: ({ threads, note, signal, runs, sizes }) =>
      cacheClipFeatures({ threads, note, signal, runs, sizes }),
  },
  stage1: {
    about: 'stage 1: the Q-Former learns to turn pictures into language (ITC + ITM + ITG)',
    run: (options) => trainStage1({ ...shared(options, 'stage1', 1e-3), batch: 64 }),
  },
  words: {
    about: 'stage 2 begins: the queries learn names, and what frames show, in the language model’s own words',
    run: (options) => trainWords({ ...shared(options, 'words', 3e-3), batch: 64 }),
  },
  stage2: {
    about: 'stage 2: the interface of pictures and clips learns to speak to the frozen language model',
    run: (options) => trainStage2({ ...shared(options, 'stage2', 1.5e-3), batch: 64 }),
  },
  speech: {
    about: 'synthesise recordings in many voices',
    run: async ({ threads, note, signal, runs, sizes }) => {
      const directory = runs('speech');
      for (const family of ['validation', 'training'] as const) {
        const count = sizes.recordings[family];
        const text = (rng: Rng) => taughtSentence(rng, englishShare);
        await synthesise({ threads, count, seed: recipeSeed, family, text, note, directory, signal });
      }
    },
  },
  'stage1-speech': {
    about: 'stage 1 for speech: Conformer and CIF learn to write down what is said (CE + quantity + CTC)',
    run: (options) => trainStage1Speech(shared(options, 'stage1-speech', 1.5e-3)),
  },
  firings: {
    about: 'hear all recordings once, for the speech encoder is frozen from here on',
    run: (options) => {
      const { threads, note, signal } = options;
      return cacheFirings({ threads, note, signal, ...learnt(options) });
    },
  },
  tokens: {
    about: 'stage 2 for speech begins: what CIF fires learns to be the language model’s own word embeddings',
    run: (options) => trainTokens({ ...shared(options, 'tokens', 2e-3), batch: 64 }),
  },
  'stage2-speech': {
    about: 'stage 2 for speech: C-Former and S-Adapter learn to dictate to the frozen language model',
    run: (options) => trainStage2Speech({ ...shared(options, 'stage2-speech', 1e-3), batch: 64 }),
  },
  stage3: {
    about: 'stage 3: the adapters learn from all modalities together',
    run: (options) => trainStage3({ ...shared(options, 'stage3', 3e-4), batch: 16 }),
  },
  bundle: {
    about: 'write the bundle',
    run: (options) => {
      const { note, keep, runs, start, scale = 1, without: stage } = options;
      const apart = [...(scale === 1 ? [] : [scale]), ...(stage ? [`without-${stage}`] : [])];
      const directory = apart.length > 0 ? runs('bundle') : bundleDirectory;
      const name = ['x-llm-tiny', ...apart].join('-');
      return assembleBundle({ note, directory, name, keep, runs, start });
    },
  },
} as const satisfies Readonly<Record<string, RecipeStep>>;

export type RecipeStepName = keyof typeof recipe;

export const isRecipeStep = (name: string): name is RecipeStepName => Object.hasOwn(recipe, name);

/** Steps whose result the bundle holds, frozen. */
const frozenSteps: readonly RecipeStepName[] = ['tokenizer', 'llm', 'encoder'];

/** Why the recipe is not run: two things that were asked for do not go together. */
export type RefusalReason = 'taken-from-bundle' | 'same-without-stage' | 'keeps-nothing' | 'no-handover';

export class RecipeRefusal extends RangeError {
  override readonly name = 'RecipeRefusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The steps to run, in order. Throws a RecipeRefusal when what is asked for is taken from the bundle. */
function stepsToRun({
  only,
  without: stage,
  ...options
}: Pick<RecipeOptions, 'fromBundle' | 'only' | 'warmStart' | 'without'>): RecipeStepName[] {
  const fromBundle = options.fromBundle || options.warmStart;
  const again = only === 'llm' && options.warmStart; // on more text; its readers have to follow
  if (fromBundle && only && frozenSteps.includes(only) && !again) {
    throw new RecipeRefusal(
      'taken-from-bundle',
      `${only} is taken from the bundle: there is nothing to train`,
    );
  }
  if (stage && only && !without(stage).again(only)) {
    throw new RecipeRefusal(
      'same-without-stage',
      `${only} is the same without ${stage}: there is nothing to train`,
    );
  }
  const all = (Object.keys(recipe) as RecipeStepName[]).filter(
    (name) => stage === undefined || without(stage).again(name),
  );
  if (only) return [only];
  return fromBundle ? all.filter((name) => !frozenSteps.includes(name)) : all;
}

/**
 * Runs the whole recipe, or one step of it; `signal` stops it, within a step too.
 *
 * @throws RecipeRefusal when two of the options do not go together.
 */
export async function runRecipe(options: RecipeOptions): Promise<void> {
  const names = stepsToRun(options);
  if (options.keep !== undefined && !(options.warmStart && options.only === 'bundle')) {
    throw new RecipeRefusal('keeps-nothing', 'only the bundle of a warm start keeps a share of what it was');
  }
  const { only, fromBundle, warmStart, note, without: stage, scale = 1, handover } = options;
  if (handover !== undefined && (fromBundle || warmStart || stage || options.steps !== undefined)) {
    throw new RecipeRefusal(
      'no-handover',
      'what is handed over are the steps of the whole recipe, from nothing, at their own lengths',
    );
  }
  if (!(scale > 0 && scale <= 1)) throw new RangeError(`the recipe has no ${scale} of everything`);
  const { runs: whole, sizes } = recipeAt(scale);
  const runs = stage ? without(stage, whole).runs : whole;
  if (fromBundle || warmStart) {
    const how = warmStart ? { keepTrained: true, toTrain: only } : {};
    await unpackFrozenParts(bundleDirectory, whole, note, { ...how, sizes });
  }
  const passed = handover === undefined ? undefined : { directory: handover, runs, sizes, note };
  if (passed) await takeOver(passed, (step) => only === undefined || only === step);
  const weights = only === 'llm' ? llmWeights : interfaceWeights;
  const start = warmStart ? await weights(bundleDirectory) : undefined;
  for (const [index, name] of names.entries()) {
    if (options.signal?.aborted) return;
    const step: RecipeStep = recipe[name];
    note(`[${index + 1}/${names.length}] ${name}: ${step.about}`);
    await using _ = await options.hold?.(runs(name));
    await step.run({ ...options, runs, sizes, start });
    if (passed) await handOver(name, passed);
  }
}
