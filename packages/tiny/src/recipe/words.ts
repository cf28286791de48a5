/**
 * Step 6 of the recipe, how stage 2 begins: every query learns to say the names of what it looks at, in both languages
 * at once, in the word embeddings of the frozen language model. That one reads such rows as it reads captions. Queries of
 * videos say of each frame what is in it and how: where, how large, which way up.
 */
import { Runtime, Tensor } from '@x-llm/ort';
import {
  alignWords,
  anyPhrase,
  createProgress,
  ParameterStore,
  partsOf,
  phraseEmbeddings,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import {
  type Clip,
  type FrameTruth,
  frameTruth,
  nameOf,
  Pictures,
  Rng,
  type Scene,
  trainingStyles,
  world,
} from '../data/index.ts';
import { frameVocabulary, wordsOfFrame } from '../text/index.ts';
import { openClipFeatures } from './clip-features.ts';
import {
  adapterConfig,
  batchParts,
  clipFrames,
  patchCount,
  qFormerConfig,
  recipeSeed,
  videoAdapterConfig,
  videoQueries,
} from './config.ts';
import { openFeatures } from './features.ts';
import { initialiseInterface } from './initialise.ts';
import { learntBy } from './learnt.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer, type TinyTokenizer } from './tokenizer.ts';
import { wordEmbeddings } from './word-embeddings.ts';

/** Clips of each batch; all their frames teach. */
const clipsPerBatch = 8;

export async function trainWords(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('words');
  const progress = createProgress({ directory, unit: 'pictures', every: 50 });
  const phrases = phrasesOf(await loadTokenizer(runs));
  const table = await wordEmbeddings(runs);
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  await using features = await openFeatures(pictures, options);
  await using clips = await openClipFeatures(pictures, options);
  const { queries } = qFormerConfig;
  const frames = clipsPerBatch * clipFrames;
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  using training = await TrainingStep.create({
    runtime,
    name: 'words',
    store,
    parts: batchParts,
    build: alignWords({
      qFormer: qFormerConfig,
      adapter: adapterConfig,
      batch: batch / batchParts,
      patches: patchCount,
      phrases: phraseEmbeddings(table, phrases),
      frames: { batch: frames / batchParts, adapter: videoAdapterConfig, queries: videoQueries },
    }),
  });
  store.take(await learntBy('stage1', { runs, start }));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters, ${phrases.length} phrases`);

  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const rng = new Rng(recipeSeed, 51, index);
      const places = Array.from({ length: batch }, () => rng.int(features.scenes.length));
      const moving = Array.from({ length: clipsPerBatch }, () => rng.int(clips.clips.length));
      const labels = places.flatMap((place) => phrasePerQuery(features.scenes[place], queries));
      const frameLabels = moving.flatMap((place) => phrasesOfClip(clips.clips[place], queries));
      const inputs = {
        features: await features.gather(places),
        labels: Tensor.from('int64', BigInt64Array.from(labels, BigInt), [batch, queries]),
        frames: await clips.gather(moving),
        frameLabels: Tensor.from('int64', BigInt64Array.from(frameLabels, BigInt), [frames, queries]),
      };
      const { loss, metrics } = await training.runParts(partsOf(inputs, batchParts));
      const value = (name: string) => Number(metrics[name]?.data[0]);
      return {
        loss,
        gradients: training.gradients,
        items: batch,
        metrics: { pictures: value('pictures'), frames: value('frames') },
      };
    },
  });
}

/** Of every thing, and then of every word for frames, the tokens in English and Chinese. */
const phrasesOf = ({ tokenizer }: TinyTokenizer): number[][] => [
  ...world.map((thing) => [
    ...tokenizer.encode(nameOf(thing, 'en')),
    ...tokenizer.encode(nameOf(thing, 'zh')),
  ]),
  ...frameVocabulary.map(({ en, zh }) => [...tokenizer.encode(en), ...tokenizer.encode(zh)]),
];

/** The thing that each query says: of a pair the first half of them the left one, the others the right one. */
export function phrasePerQuery(scene: Scene | undefined, queries: number): number[] {
  const [first, second] = scene?.items ?? [];
  return Array.from({ length: queries }, (_, query) => {
    const item = scene?.kind === 'pair' && query >= queries / 2 ? second : first;
    return item?.thing ?? anyPhrase;
  });
}

/** What the queries of a clip's frames say, frame by frame. */
const phrasesOfClip = (clip: Clip | undefined, queries: number): number[] =>
  Array.from({ length: clipFrames }, (_, frame) =>
    clip
      ? phrasesOfFrame(clip.thing, frameTruth(clip, frame, clipFrames), queries)
      : Array<number>(queries).fill(anyPhrase),
  ).flat();

/** The last queries say the words of the frame, one each; those before them the thing, or that there is nothing. */
export function phrasesOfFrame(thing: number, frame: FrameTruth, queries: number): number[] {
  const words = wordsOfFrame(frame, 'en').map(phraseOfWord);
  const [nothing = anyPhrase] = frame.visible ? [] : words;
  return [...Array<number>(queries - words.length).fill(frame.visible ? thing : nothing), ...words];
}

const phraseOfWord = (word: string): number =>
  world.length + frameVocabulary.findIndex(({ en }) => en === word);
