/**
 * Stage 1 of the paper for speech: the encoder, and CIF at its end, learn to write down what is said, syllable by
 * syllable (docs/decisions/0011).
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodedFrames, subsampledFrames } from '@x-llm/models';
import { Runtime } from '@x-llm/ort';
import {
  createProgress,
  ParameterStore,
  packSpeechBatch,
  partsOf,
  type SpeechBatchShape,
  type SpeechExample,
  stage1Speech,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { z } from 'zod';
import { Rng } from '../data/index.ts';
import {
  openSpeech,
  type Phonemes,
  phonemesOf,
  type SpeechCorpus,
  type SyllablesOf,
  syllablesOf,
} from '../data/speech/index.ts';
import { ahead } from './ahead.ts';
import { plainSpeech, speechAugmenter } from './augment-speech.ts';
import { recipeSeed, speechEncoderConfig } from './config.ts';
import { initialiseSpeech } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { bucketAt } from './text-rows.ts';

/**
 * How much |Σ weights − syllables| counts: little while it is learnt what is said, for it drowns that at first, and fully in
 * the last third, where counting right is what is left to learn.
 */
export const quantityWeightAt = (index: number, steps: number): number => (index < 0.65 * steps ? 0.3 : 1);

/** CTC listens here, before time is pooled: 40 ms a frame. */
const phonemesAfter = 3;

/** Recordings of like length share a graph. The share is that of all batches; together they see all recordings alike. */
export interface SpeechBucket {
  /** Recordings longer than this … */
  readonly shorter: number;
  /** … and no longer than this, in frames. */
  readonly longest: number;
  readonly syllables: number;
  readonly phonemes: number;
  readonly batch: number;
  /** In which it is run. */
  readonly parts: number;
}

export const speechBuckets: readonly SpeechBucket[] = [
  { shorter: 0, longest: 128, syllables: 12, phonemes: 16, batch: 64, parts: 4 },
  { shorter: 128, longest: 192, syllables: 16, phonemes: 24, batch: 44, parts: 4 },
  { shorter: 192, longest: 288, syllables: 20, phonemes: 34, batch: 30, parts: 3 },
  { shorter: 288, longest: 600, syllables: 30, phonemes: 46, batch: 15, parts: 3 },
];

/** How many recordings make a batch depends on their length. */
export async function trainStage1Speech(options: Omit<StepOptions, 'batch'>): Promise<void> {
  const { threads, runs = wholeRecipe, start } = options;
  const directory = runs('stage1-speech');
  const progress = createProgress({ directory, unit: 'recordings', every: 25 });
  await using training = await openSpeech('training', runs('speech'));
  await using validation = await openSpeech('validation', runs('speech'));
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseSpeech });
  using graphs = new DisposableStack();
  const lessons: {
    bucket: SpeechBucket;
    share: number;
    graphOf: (quantityWeight: number) => Promise<TrainingStep>;
    heard: Recording[];
    held: Recording[];
  }[] = [];
  const said = [...training.utterances, ...validation.utterances];
  const phonemes = await phonemesOf(said, progress.note, runs('speech'));
  const syllables = await syllablesOf(said, progress.note, runs('speech'));
  const inventory = await keptInventory(directory, {
    syllables: [...new Set(said.flatMap(({ text }) => syllables(text).map(({ sound }) => sound)))].sort(),
    phonemes: phonemes.inventory,
  });
  const heard = recordings(training, inventory, { syllables, phonemes });
  const held = recordings(validation, inventory, { syllables, phonemes });
  const ctc = { classes: inventory.phonemes.length + 1, block: phonemesAfter, weight: 1 };
  for (const bucket of speechBuckets) {
    const inside = (all: readonly Recording[]) => all.filter((one) => fits(bucket, one));
    const made = new Map<number, Promise<TrainingStep>>();
    const graphOf = (quantityWeight: number): Promise<TrainingStep> => {
      const build = stage1Speech({
        encoder: speechEncoderConfig,
        vocabulary: inventory.syllables.length,
        batch: bucket.batch / bucket.parts,
        frames: bucket.longest,
        tokens: bucket.syllables,
        quantityWeight,
        ctc: { ...ctc, units: bucket.phonemes },
      });
      const graph =
        made.get(quantityWeight) ??
        TrainingStep.create({ runtime, name: 'stage1-speech', store, parts: bucket.parts, build }).then(
          (step) => graphs.use(step),
        );
      made.set(quantityWeight, graph);
      return graph;
    };
    await graphOf(quantityWeightAt(0, options.steps)); // names all parameters
    const mine = inside(heard);
    lessons.push({ bucket, share: mine.length / bucket.batch, graphOf, heard: mine, held: inside(held) });
  }
  if (start) store.take(start);
  const batches = lessons.reduce((sum, { share }) => sum + share, 0);
  const shares = lessons.map(({ share }) => ({ shorter: 0, longest: 0, share: share / batches }));
  const used = lessons.reduce((sum, lesson) => sum + lesson.heard.length, 0);
  progress.note(
    `${(store.count / 1e6).toFixed(2)} M parameters, ${used} of ${training.utterances.length} recordings fit`,
  );

  const { change } = await speechAugmenter(training);
  const lessonAt = (index: number) => {
    const lesson = lessons[bucketAt(shares, recipeSeed, index)];
    if (!lesson) throw new RangeError('as many lessons as buckets');
    return lesson;
  };
  const load = ahead(async (index) => {
    const { bucket, heard: mine } = lessonAt(index);
    const rng = new Rng(recipeSeed, 61, index);
    const examples: SpeechExample[] = [];
    while (examples.length < bucket.batch) {
      const recording = rng.pick(mine);
      const features = change(await training.read(recording.place), rng);
      const { tokens, units } = recording;
      // Slowed down it may be too long, hurried too short for what is said.
      const frames = features.length / speechEncoderConfig.inputWidth;
      if (holds(bucket, { ...recording, frames })) examples.push({ features, tokens, units });
    }
    return partsOf(packSpeechBatch(examples, shapeOf(bucket)), bucket.parts);
  });
  await runStep(options, {
    directory,
    store,
    progress,
    warmupSteps: 300,
    beta2: 0.98,
    average: new WeightAverage(0.998),
    evaluateEvery: 250,
    batch: async (index) => {
      const { graphOf, bucket } = lessonAt(index);
      const graph = await graphOf(quantityWeightAt(index, options.steps));
      const { loss, metrics } = await graph.runParts(await load(index));
      return { loss, gradients: graph.gradients, items: bucket.batch, metrics: values(metrics) };
    },
    evaluate: async (step) => {
      const lesson = lessons[1];
      if (!lesson) return {};
      const { bucket } = lesson;
      const graph = await lesson.graphOf(quantityWeightAt(step - 1, options.steps));
      const examples = await Promise.all(
        lesson.held.slice(0, bucket.batch).map(async ({ place, tokens, units }) => ({
          features: plainSpeech(await validation.read(place)),
          tokens,
          units,
        })),
      );
      const inputs = packSpeechBatch(examples, shapeOf(bucket));
      const { loss, metrics } = await graph.runParts(partsOf(inputs, bucket.parts));
      return { loss, ...values(metrics) };
    },
  });
}

const shapeOf = ({ batch, longest, syllables, phonemes }: SpeechBucket): SpeechBatchShape => ({
  batch,
  frames: longest,
  bins: speechEncoderConfig.inputWidth,
  tokens: syllables,
  units: phonemes,
  unitFrames: subsampledFrames,
});

const values = (metrics: Readonly<Record<string, { readonly data: ArrayLike<unknown> }>>) =>
  Object.fromEntries(Object.entries(metrics).map(([name, { data }]) => [name, Number(data[0])]));

interface Recording {
  readonly place: number;
  readonly frames: number;
  /** Syllables, by their sounds. */
  readonly tokens: readonly number[];
  /** Phonemes. */
  readonly units: readonly number[];
}

/** Recordings in which something sounds that the inventory has not are left out. */
function recordings(
  { utterances }: SpeechCorpus,
  inventory: SpeechInventory,
  how: { readonly syllables: SyllablesOf; readonly phonemes: Phonemes },
): Recording[] {
  const syllables = new Map(inventory.syllables.map((sound, number) => [sound, number]));
  const phonemes = new Map(inventory.phonemes.map((phoneme, at) => [phoneme, at + 1]));
  return utterances.flatMap(({ text, frames }, place) => {
    const tokens = how.syllables(text).map(({ sound }) => syllables.get(sound));
    const units = how.phonemes
      .of(text)
      .map((number) => phonemes.get(how.phonemes.inventory[number - 1] ?? ''));
    return tokens.every(isThere) && units.every(isThere) ? [{ place, frames, tokens, units }] : [];
  });
}

const isThere = (number: number | undefined): number is number => number !== undefined;

/** What the heads tell apart, in order. */
export interface SpeechInventory {
  readonly syllables: readonly string[];
  readonly phonemes: readonly string[];
}

const Inventory = z.object({ syllables: z.array(z.string()), phonemes: z.array(z.string()) });

/** Of a run folder. */
export const inventoryFile = 'inventory.json';

/**
 * What the run in the folder began with, or `found`, which it begins with: its heads keep their size and meaning when more
 * recordings are synthesised while it stands still.
 */
export async function keptInventory(directory: string, found: SpeechInventory): Promise<SpeechInventory> {
  const path = join(directory, inventoryFile);
  if (existsSync(path)) return Inventory.parse(JSON.parse(await readFile(path, 'utf8')));
  await mkdir(directory, { recursive: true });
  await writeFile(path, JSON.stringify(found));
  return found;
}

/** What belongs into the bucket, hurried by a tenth too. */
const fits = (bucket: SpeechBucket, recording: Recording): boolean =>
  recording.frames > bucket.shorter &&
  recording.tokens.length > 0 &&
  recording.units.length > 0 &&
  holds(bucket, recording) &&
  holds(bucket, { ...recording, frames: 0.9 * recording.frames });

/** Phonemes must fit the frames where CTC listens, syllables those that are left at the end. */
const holds = (bucket: SpeechBucket, { frames, tokens, units }: Recording): boolean =>
  frames <= bucket.longest &&
  tokens.length <= Math.min(bucket.syllables, encodedFrames(speechEncoderConfig, frames)) &&
  units.length + repeats(units) <= subsampledFrames(frames) &&
  units.length <= bucket.phonemes;

/** Equal neighbours, which need a blank between them. */
const repeats = (units: readonly number[]): number =>
  units.filter((unit, index) => index > 0 && units[index - 1] === unit).length;
