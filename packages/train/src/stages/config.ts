/** The config file of a stage: typed, every key checked, defaults as the paper has them. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { type DataSource, faultsOf } from '../data/data-set.ts';
import { type Task, taskNames } from '../data/record.ts';
import { TrainError } from '../error.ts';

export const stageNames = ['stage1', 'stage2', 'stage3'] as const;
export type StageName = (typeof stageNames)[number];
export type StageModality = 'image' | 'video' | 'speech';

/** What can be trained alone in each stage; stage 3 trains all together. */
export const stageModalities: Readonly<Record<StageName, readonly StageModality[]>> = {
  stage1: ['image', 'speech'],
  stage2: ['image', 'video', 'speech'],
  stage3: [],
};

const count = z.int().positive();
const path = z.string().min(1);
const share = z.number().nonnegative();

const learningRate = z.strictObject({
  /** The highest. */
  peak: z.number().positive(),
  /** The last one, at the end of half a cosine; the peak's value keeps it constant. */
  end: share,
  /** Where the warm-up begins. */
  start: share,
  /** At most a tenth of all steps. */
  warmupSteps: z.int().nonnegative(),
});

/** Everything that has a default. */
const settings = z.strictObject({
  epochs: z.number().positive(),
  /** Answers that go through the model at a time. */
  batch: count.max(65_536),
  /** Batches whose mean gradient makes one step. */
  accumulate: count,
  learningRate,
  weightDecay: share,
  /** Gradients are scaled down to this norm. */
  clipNorm: z.number().positive(),
  /** The decay of a running average of the weights, which the bundle is made of; 0: none. */
  average: z.number().min(0).lt(1),
  /** Of features and weights that are kept on disk. What is computed is float32. */
  precision: z.enum(['float16', 'float32']),
  seed: z.int().nonnegative(),
  threads: count,
  maxQuestionTokens: count,
  maxAnswerTokens: count,
  /** What happens to an example of more tokens: left out and named, cut, or nothing is trained. */
  tooLong: z.enum(['skip', 'cut', 'refuse']),
  /** What happens to an example whose media cannot be read. */
  unreadable: z.enum(['skip', 'refuse']),
  /** Whether what learns starts from the bundle's weights. */
  initialise: z.enum(['bundle', 'random']),
  checkpointEvery: count,
  logEvery: count,
  /** Where encoded media are kept, for all runs. */
  cache: path,
});

const range = (value: z.ZodNumber) =>
  z.tuple([value, value]).refine(([least, most]) => least <= most, { error: 'expected [least, most]' });

/** How recordings are changed while an interface for speech learns. */
const augment = z
  .strictObject({
    /** Stages 2 and 3 hear each recording so often: once as it is, and changed. */
    copies: count.max(64).optional(),
    /** Factors of speed, pace and pitch together. */
    speed: range(z.number().min(0.7).max(1.4)).optional(),
    noise: z
      .strictObject({
        /** Recordings of noise. */
        files: z.array(path).min(1),
        /** Of speech to noise, in decibels. */
        snrDb: range(z.number().min(-20).max(60)),
        share: z.number().min(0).max(1).default(0.5),
      })
      .optional(),
    /** Masks over frequency and time, the policy LD of its paper unless said otherwise. */
    specAugment: z
      .union([
        z.literal(true),
        z.strictObject({
          frequencyMasks: count.optional(),
          frequencyWidth: count.optional(),
          timeMasks: count.optional(),
          timeWidth: count.optional(),
          timeShare: z.number().min(0).max(1).optional(),
        }),
      ])
      .optional(),
  })
  .refine(({ speed, noise, specAugment }) => speed ?? noise ?? specAugment, {
    error: 'expected speed, noise or specAugment',
  });
export type AugmentConfig = z.infer<typeof augment>;

const dataEntry = z.union([path, z.strictObject({ file: path, task: z.enum(taskNames).optional() })], {
  error: `expected a path, or {"file", "task"} with one of ${taskNames.map((task) => `"${task}"`).join(', ')}`,
});

/** Examples that nothing is learnt from, to see by. */
const validation = z.strictObject({
  data: z.array(dataEntry).min(1),
  /** Steps between two looks at them; the first is before anything learns. */
  every: count.default(500),
  /** Of each task at most so many, which lie evenly among all. */
  examples: count.default(256),
  /** Which weights the bundle is made of: the last ones, or those that had the lowest loss. */
  keep: z.enum(['last', 'best']).default('last'),
});

const fileSchema = z
  .strictObject({
    bundle: path,
    modality: z.enum(['image', 'video', 'speech']).optional(),
    data: z.array(dataEntry).min(1),
    validation: validation.optional(),
    /** Batches of each task in proportion; a task's number of examples, if left out. */
    weights: z.partialRecord(z.enum(taskNames), share).optional(),
    output: path,
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a name like my-model')
      .optional(),
    steps: count.optional(),
    /** Ids around texts in stage 1, where the tokenizer has no [CLS], [SEP] and [DEC]. */
    textTokens: z.strictObject({ cls: share, sep: share, decode: share }).optional(),
    augment: augment.optional(),
    ...settings.partial().shape,
    learningRate: learningRate.partial().optional(),
  })
  .refine(({ steps, epochs }) => steps === undefined || epochs === undefined, {
    error: 'give steps or epochs, not both',
  });

export type StageSettings = z.infer<typeof settings>;

/** A config with its defaults filled in and its paths absolute. */
export interface StageConfig extends StageSettings {
  readonly stage: StageName;
  readonly modality?: StageModality;
  readonly bundle: string;
  readonly data: readonly DataSource[];
  readonly validation?: Omit<z.infer<typeof validation>, 'data'> & { readonly data: readonly DataSource[] };
  readonly weights: Readonly<Partial<Record<Task, number>>>;
  readonly output: string;
  readonly name?: string;
  readonly steps?: number;
  readonly textTokens?: { readonly cls: number; readonly sep: number; readonly decode: number };
  readonly augment?: AugmentConfig;
}

type Schedule = Pick<StageSettings, 'epochs' | 'batch' | 'accumulate'> & {
  readonly peak: number;
  readonly end: number;
  readonly warmupSteps: number;
};

/**
 * Stages 2 and 3 as X-LLM's configurations have them (arXiv 2305.04160), for one device; stage 1 as BLIP-2 (arXiv
 * 2301.12597) and CIF (arXiv 1905.11235) have it, with the batch of one device.
 */
const published: Readonly<Record<string, Schedule>> = {
  'stage1 image': { peak: 1e-4, end: 1e-5, warmupSteps: 5000, epochs: 10, batch: 64, accumulate: 1 },
  'stage1 speech': { peak: 3e-4, end: 1e-6, warmupSteps: 5000, epochs: 30, batch: 16, accumulate: 1 },
  'stage2 image': { peak: 3e-5, end: 1e-8, warmupSteps: 6000, epochs: 2, batch: 1, accumulate: 32 },
  'stage2 video': { peak: 1e-5, end: 1e-8, warmupSteps: 200, epochs: 5, batch: 2, accumulate: 4 },
  'stage2 speech': { peak: 1e-4, end: 1e-8, warmupSteps: 6000, epochs: 30, batch: 4, accumulate: 32 },
  stage3: { peak: 1e-6, end: 1e-6, warmupSteps: 50, epochs: 2, batch: 4, accumulate: 4 },
};

export function stageDefaults(stage: StageName, modality?: StageModality): StageSettings {
  const schedule = published[modality ? `${stage} ${modality}` : stage];
  if (!schedule) throw new RangeError(`there are no defaults for ${stage} ${modality ?? ''}`);
  const { peak, end, warmupSteps, ...rest } = schedule;
  return {
    ...rest,
    learningRate: { peak, end, start: Math.min(1e-6, peak), warmupSteps },
    weightDecay: 0.05,
    clipNorm: 1,
    average: 0,
    precision: 'float16',
    seed: 42,
    threads: Math.min(availableParallelism(), 8),
    maxQuestionTokens: 256,
    maxAnswerTokens: 200,
    tooLong: 'skip',
    unreadable: 'skip',
    initialise: 'bundle',
    checkpointEvery: 500,
    logEvery: 20,
    cache: '.xllm/features',
  };
}

/** A config to start from, as `--print-config` shows it: what must be said, and every default. */
export function exampleConfig(stage: StageName, modality?: StageModality): object {
  const [first] = stageModalities[stage];
  const chosen = modality ?? first;
  return {
    bundle: 'packages/tiny/bundle',
    ...(chosen ? { modality: chosen } : {}),
    data: ['data/train.jsonl'],
    output: `runs/${chosen ? `${stage}-${chosen}` : stage}`,
    ...stageDefaults(stage, chosen),
  };
}

/**
 * Checks a config that was parsed from JSON; relative paths are relative to `folder`. Throws TrainError
 * `invalid_config` that names every key or value that is wrong.
 */
export function parseStageConfig(
  stage: StageName,
  json: unknown,
  folder: string,
  place = 'config',
): StageConfig {
  const fail = (why: string): never => {
    throw new TrainError(
      'invalid_config',
      `${place}: ${why}`,
      `\`xllm train ${stage} --print-config\` prints a config with all its keys.`,
    );
  };
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return fail(faultsOf(parsed.error));
  const {
    modality,
    data,
    weights = {},
    learningRate: rates,
    steps,
    name,
    textTokens,
    augment: changes,
    validation: heldOut,
    ...given
  } = parsed.data;
  const known = stageModalities[stage];
  if (known.length === 0 && modality) return fail(`modality: ${stage} trains all modalities, leave it out`);
  if (known.length > 0 && (!modality || !known.includes(modality))) {
    return fail(`modality: ${stage} needs one of ${known.map((one) => `"${one}"`).join(', ')}`);
  }
  if (changes && modality !== 'speech' && stage !== 'stage3')
    return fail(`augment: recordings are what is changed, and ${stage} for ${modality} hears none`);
  if (changes?.copies !== undefined && stage === 'stage1')
    return fail('augment.copies: stage 1 changes recordings anew every time, leave it out');
  const defaults = stageDefaults(stage, modality);
  const at = (relative: string) => resolve(folder, relative);
  const sources = (entries: typeof data): DataSource[] =>
    entries.map((entry) => {
      if (typeof entry === 'string') return { file: at(entry) };
      return { file: at(entry.file), ...(entry.task ? { task: entry.task } : {}) };
    });
  const [bundle, output] = [at(parsed.data.bundle), at(parsed.data.output)];
  if (resultIn(output) === bundle) return fail(`output: what is trained would take the place of ${bundle}`);
  if (output === bundle || output.startsWith(bundle + sep))
    return fail(`output: ${output} is in the bundle, which stays as it is`);
  const peak = rates?.peak ?? defaults.learningRate.peak;
  for (const key of ['start', 'end'] as const) {
    const rate = rates?.[key] ?? 0;
    if (rate > peak) return fail(`learningRate.${key}: ${rate} is above the peak of ${peak}`);
  }
  const upToPeak = (key: 'start' | 'end') => rates?.[key] ?? Math.min(defaults.learningRate[key], peak);
  return {
    ...defaults,
    ...withoutUndefined(given),
    stage,
    ...(modality ? { modality } : {}),
    ...(steps === undefined ? {} : { steps }),
    ...(name === undefined ? {} : { name }),
    ...(textTokens ? { textTokens } : {}),
    ...(changes
      ? {
          augment: changes.noise
            ? { ...changes, noise: { ...changes.noise, files: changes.noise.files.map(at) } }
            : changes,
        }
      : {}),
    learningRate: {
      ...defaults.learningRate,
      ...withoutUndefined(rates ?? {}),
      start: upToPeak('start'),
      end: upToPeak('end'),
    },
    bundle,
    output,
    cache: at(parsed.data.cache ?? defaults.cache),
    weights: withoutUndefined(weights),
    data: sources(data),
    ...(heldOut ? { validation: { ...heldOut, data: sources(heldOut.data) } } : {}),
  };
}

/** Reads and checks a config file; its paths are relative to itself. Throws TrainError `invalid_config`. */
export async function readStageConfig(stage: StageName, file: string): Promise<StageConfig> {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new TrainError(
      'invalid_config',
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      isMissing
        ? `Write one: xllm train ${stage} --print-config > ${file}`
        : 'A config is JSON: no comments, no commas at ends.',
      { cause: error },
    );
  }
  return parseStageConfig(stage, json, dirname(resolve(file)), file);
}

/** Where a run leaves its bundle. */
export const resultIn = (output: string): string => join(output, 'bundle');

const withoutUndefined = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>;

type Defined<Values> = { [Key in keyof Values]: Exclude<Values[Key], undefined> };
