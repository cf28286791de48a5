/** A stage from its config to a bundle. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredTensor } from '@x-llm/onnx';
import { Runtime } from '@x-llm/ort';
import { AdamW } from '../adamw.ts';
import { WeightAverage } from '../average.ts';
import { DataSet, type DataSource } from '../data/data-set.ts';
import { TrainError } from '../error.ts';
import { fit } from '../fit.ts';
import { createProgress } from '../progress.ts';
import { loadWeights } from '../run-state.ts';
import { warmupCosine } from '../schedule.ts';
import { usefulThreads } from '../threads.ts';
import { alignLesson } from './align.ts';
import { Base } from './base.ts';
import { planGraphs, trainingBatches } from './batches.ts';
import type { StageConfig } from './config.ts';
import { type DryRun, describeRun } from './dry-run.ts';
import { openMediaFeatures } from './encode.ts';
import type { Prepared } from './examples.ts';
import { contentHash } from './feature-cache.ts';
import type { Lesson, LessonOptions } from './lesson.ts';
import { openRunFolder, type RunRecord } from './run-folder.ts';
import { openSpeechAugmentation } from './speech-augmentation.ts';
import { stage1ImageLesson } from './stage1-image.ts';
import { stage1SpeechLesson } from './stage1-speech.ts';
import { loadBest, validator } from './validate.ts';
import { writeResult } from './write-result.ts';

export interface StageRunOptions {
  /** The run has to be there already. A run that is there goes on in any case. */
  readonly resume?: boolean;
  /** Stops between steps, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly write?: (line: string) => void;
}

export interface StageResult {
  readonly steps: number;
  /** Steps done in all; fewer than `steps` for a run that was stopped. */
  readonly done: number;
  /** The folder of the bundle; undefined for a run that was stopped before it was made. */
  readonly bundle?: string;
}

const lessons: Readonly<Record<string, (options: LessonOptions) => Promise<Lesson>>> = {
  'stage1 image': stage1ImageLesson,
  'stage1 speech': stage1SpeechLesson,
};

interface Opened {
  readonly base: Base;
  readonly lesson: Lesson;
  readonly steps: number;
  readonly record: Omit<RunRecord, 'version' | 'revision' | 'startedAt'>;
}

/** Runs a stage, or goes on with it, and writes the bundle when it is done. Throws TrainError. */
export async function runStage(config: StageConfig, options: StageRunOptions = {}): Promise<StageResult> {
  const { signal, write = toStandardError, resume = false } = options;
  return withLesson(config, { ...options, write }, async ({ base, lesson, steps, record }) => {
    await openRunFolder(record, { resume, note: write });
    const { store, training, heldOut } = lesson;
    const trained = `${(store.count / 1e6).toFixed(2)} M parameters learn`;
    const held = heldOut ? `; held out: ${counted(heldOut)}` : '';
    write(`${trained}, ${counted(training)}${held}`);
    const { peak, end, start, warmupSteps } = config.learningRate;
    const batchAt = trainingBatches(lesson, config);
    const isMixed = training.reports.filter(({ examples }) => examples > 0).length > 1;
    const average = config.average > 0 ? new WeightAverage(config.average) : undefined;
    const done = await fit({
      directory: config.output,
      steps,
      store,
      optimizer: new AdamW({ weightDecay: config.weightDecay }),
      schedule: warmupCosine({
        peak,
        end,
        start,
        steps,
        warmupSteps: Math.min(warmupSteps, Math.floor(steps / 10)),
      }),
      batch: async (index) => {
        const batch = await batchAt(index);
        return { ...(await lesson.run(batch)), ...(isMixed ? { kind: batch.task } : {}) };
      },
      accumulate: config.accumulate,
      clipNorm: config.clipNorm,
      checkpointEvery: config.checkpointEvery,
      progress: createProgress({
        directory: config.output,
        unit: 'answers',
        every: config.logEvery,
        write,
      }),
      ...(average ? { average } : {}),
      ...(heldOut && config.validation
        ? {
            evaluateEvery: config.validation.every,
            evaluateFirst: true,
            evaluate: validator({ config, lesson, average, signal }, heldOut),
          }
        : {}),
      ...(signal ? { signal } : {}),
    });
    if (done < steps) return { steps, done };
    if (signal?.aborted) {
      write('stopped before the bundle was made: the same command makes it');
      return { steps, done };
    }
    const bundle = await writeResult(base, config, await resultOf(config, heldOut, write));
    write(
      `${bundle}: answer with it by \`xllm chat --bundle ${bundle}\` or \`xllm serve --bundle ${bundle}\``,
    );
    return { steps, done, bundle };
  });
}

/** What a run would be: counts, lengths, parameters, memory and time, from two steps that are timed. Writes no run folder. */
export function dryRunStage(config: StageConfig, options: StageRunOptions = {}): Promise<DryRun> {
  const { write = toStandardError } = options;
  return withLesson(config, { ...options, write }, ({ lesson, steps }) =>
    describeRun(config, lesson, steps, { note: write, signal: options.signal }),
  );
}

/** `3 × vl, 4 × asr` */
const counted = ({ reports }: Prepared): string =>
  reports.map(({ examples, task }) => `${examples} × ${task}`).join(', ');

/** The weights that the bundle is made of. */
async function resultOf(
  config: StageConfig,
  heldOut: Prepared | undefined,
  note: (line: string) => void,
): Promise<Map<string, StoredTensor>> {
  const { output, validation } = config;
  if (!heldOut || validation?.keep !== 'best') return loadWeights(output);
  const best = await loadBest(config, heldOut);
  if (!best) {
    note('no weights were kept by what is held out: the bundle is made of the last ones');
    return loadWeights(output);
  }
  note(
    `the bundle is made of the weights of step ${best.step}, whose held-out loss was ${best.loss.toFixed(4)}`,
  );
  return best.weights;
}

const toStandardError = (line: string) => void process.stderr.write(`${line}\n`);

async function withLesson<Result>(
  config: StageConfig,
  { signal, write }: StageRunOptions & { readonly write: (line: string) => void },
  use: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  using base = await Base.open(config.bundle);
  await using data = await DataSet.open(config.data);
  using runtime = Runtime.load({
    intraOpThreads: usefulThreads(config.threads, write),
    allowSpinning: false,
  });
  const augmentation = await openSpeechAugmentation(config, base);
  using features = openMediaFeatures({
    base,
    runtime,
    folder: config.cache,
    precision: config.precision,
    augmentation,
    ...(config.stage === 'stage1' ? { heard: 'features' } : {}),
  });
  const create = lessons[`${config.stage} ${config.modality}`] ?? alignLesson;
  await using heldOut = config.validation && (await openHeldOut(config.validation.data, data));
  using lesson = await create({ config, base, data, heldOut, runtime, features, note: write, signal });
  const examples = lesson.training.reports.reduce((sum, report) => sum + report.examples, 0);
  const perStep = config.batch * config.accumulate;
  const steps = config.steps ?? Math.max(1, Math.ceil((examples * config.epochs) / perStep));
  planGraphs(lesson, config, steps);
  const manifest = await readFile(join(base.bundle.path, 'xllm.json'));
  return await use({
    base,
    lesson,
    steps,
    record: {
      config,
      steps,
      bundle: { name: base.manifest.name, sha256: contentHash(manifest) },
      data: data.files,
      mediaSha256: lesson.training.mediaHash,
    },
  });
}

/** Throws TrainError `invalid_data` for examples of a task that is not learnt. */
async function openHeldOut(sources: readonly DataSource[], training: DataSet): Promise<DataSet> {
  const heldOut = await DataSet.open(sources);
  const other = heldOut.tasks.find((task) => !training.tasks.includes(task));
  if (other === undefined) return heldOut;
  await heldOut[Symbol.asyncDispose]();
  throw new TrainError(
    'invalid_data',
    `The examples that are held out have the task "${other}", of which nothing is learnt.`,
    'Leave them out, or add examples of that task to "data".',
  );
}
