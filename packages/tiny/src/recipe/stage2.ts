/** Step 7 of the recipe, stage 2 of the paper: the interface learns to speak to the frozen language model. */
import type { ParameterSource } from '@x-llm/onnx';
import { Runtime } from '@x-llm/ort';
import {
  alignImage,
  createProgress,
  exampleLength,
  imagePrefix,
  loadWeights,
  ParameterStore,
  packTextBatch,
  type TextExample,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { Pictures, Rng, trainingStyles } from '../data/index.ts';
import { type PictureQuestionType, pictureQuestions } from '../text/index.ts';
import { adapterConfig, llmConfig, patchCount, qFormerConfig, recipeSeed } from './config.ts';
import { openFeatures } from './features.ts';
import { initialiseInterface } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { type Bucket, bucketAt, fitsBucket, textIds } from './text-rows.ts';
import { loadTokenizer } from './tokenizer.ts';

/**
 * What a part of each batch asks, and the rest asks anything. Which thing it is underlies most other answers;
 * sides, colours and numbers would come up too rarely to be learnt.
 */
const wanted: readonly (readonly [PictureQuestionType, number])[] = [
  ['name', 0.45],
  ['left', 0.08],
  ['right', 0.08],
  ['colour', 0.08],
  ['count', 0.08],
];

/** The type of question for the row that stands at this share of a batch; undefined: any. */
function wantedType(place: number): PictureQuestionType | undefined {
  let end = 0;
  return wanted.find(([, share]) => {
    end += share;
    return place < end;
  })?.[0];
}

/** Lengths of question and answer, and the positions that are taught per row; most answers are shorter. */
const buckets: readonly (Bucket & { readonly taught: number; readonly asksWanted: boolean })[] = [
  { shorter: 0, longest: 20, share: 0.9, taught: 8, asksWanted: true },
  { shorter: 20, longest: 30, share: 0.1, taught: 16, asksWanted: false }, // what is wanted most is shorter
];

export async function trainStage2(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe } = options;
  const directory = runs('stage2');
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer();
  const llm = llmConfig(tokenizer.tokens);
  const tags = tokenizer.tags.image;
  const prefix = imagePrefix({ tags, qFormer: qFormerConfig });
  const language = await loadWeights(runs('llm'));
  const frozen: ParameterSource = (name) => language.get(name);
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  await using features = await openFeatures(pictures);
  using runtime = Runtime.load({ intraOpThreads: threads });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  using graphs = new DisposableStack();
  const graphOf = async (bucket: (typeof buckets)[number]) => {
    const shape = { batch, length: prefix + bucket.longest, targets: batch * bucket.taught };
    const sizes = { qFormer: qFormerConfig, adapter: adapterConfig, llm, tags, patches: patchCount, shape };
    const build = alignImage(sizes);
    const training = await TrainingStep.create({ runtime, name: 'stage2', store, frozen, build });
    return { bucket, shape, training: graphs.use(training) };
  };
  const lessons: Awaited<ReturnType<typeof graphOf>>[] = [];
  for (const bucket of buckets) lessons.push(await graphOf(bucket));
  store.take(await loadWeights(runs('words')));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn, ${language.size} tensors are frozen`);

  const question = pictureQuestions(pictures);
  const pieces = [{ ...tags, count: qFormerConfig.queries }];
  const feed = async (index: number, { bucket, shape }: (typeof lessons)[number]) => {
    const rng = new Rng(recipeSeed, 41, index);
    const places: number[] = [];
    const rows: TextExample[] = [];
    let answers = 0;
    while (rows.length < batch) {
      const place = rng.int(features.scenes.length);
      const scene = features.scenes[place];
      const asked =
        scene && question(scene, rng, bucket.asksWanted ? { wanted: wantedType(rows.length / batch) } : {});
      if (!asked) continue;
      const row = textIds(tokenizer, [asked]);
      const room = shape.targets - answers - 3 * (batch - rows.length);
      if (!fitsBucket(bucket, exampleLength(row)) || row.answer.length + 2 > room) continue;
      answers += row.answer.length + 2;
      places.push(place);
      rows.push(row);
    }
    return { features: await features.gather(places), ...packTextBatch(rows, shape, llm.tokens, pieces) };
  };

  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const lesson = lessons[bucketAt(buckets, recipeSeed, index)];
      if (!lesson) throw new RangeError('as many lessons as buckets');
      const { training } = lesson;
      const { loss } = await training.run(await feed(index, lesson));
      return { loss, gradients: training.gradients, items: batch };
    },
  });
}
