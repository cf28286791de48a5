/** Step 6 of the recipe, stage 2 of the paper: the interface learns to speak to the frozen language model. */
import type { ParameterSource } from '@x-llm/onnx';
import { Runtime, type Tensor } from '@x-llm/ort';
import {
  AdamW,
  alignImage,
  createProgress,
  exampleLength,
  fit,
  imagePrefix,
  loadWeights,
  ParameterStore,
  packTextBatch,
  type TextExample,
  TrainingStep,
  WeightAverage,
  warmupCosine,
} from '@x-llm/train';
import { Pictures, Rng, trainingStyles } from '../data/index.ts';
import { pictureQuestions } from '../text/index.ts';
import { adapterConfig, llmConfig, patchCount, qFormerConfig, recipeSeed, runsDirectory } from './config.ts';
import { openFeatures } from './features.ts';
import { initialiseByFanIn } from './initialise.ts';
import { textIds } from './text-rows.ts';
import { loadTokenizer } from './tokenizer.ts';

export interface Stage2StepOptions {
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly threads: number;
  /** Start from stage 1; without it the interface starts untrained, which is the paper's ablation. */
  readonly stage1: boolean;
  readonly signal?: AbortSignal;
}

/** Question and answer, at most; longer ones are drawn again. */
const textLength = 30;

export async function trainStage2(options: Stage2StepOptions): Promise<void> {
  const { steps, batch, rate, threads, signal } = options;
  const directory = `${runsDirectory}/${options.stage1 ? 'stage2' : 'stage2-without-stage1'}`;
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer();
  const llm = llmConfig(tokenizer.tokens);
  const tags = tokenizer.imageTags;
  const prefix = imagePrefix({ tags, qFormer: qFormerConfig });
  const shape = { batch, length: prefix + textLength, targets: batch * 12 };

  const language = await loadWeights(`${runsDirectory}/llm`);
  const frozen: ParameterSource = (name) => language.get(name);
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  const features = await openFeatures(pictures);
  using runtime = Runtime.load({ intraOpThreads: threads });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  using training = await TrainingStep.create({
    runtime,
    name: 'stage2',
    store,
    frozen,
    build: alignImage({
      qFormer: qFormerConfig,
      adapter: adapterConfig,
      llm,
      tags,
      patches: patchCount,
      shape,
    }),
  });
  if (options.stage1) {
    for (const [name, { shape: sizes, data }] of await loadWeights(`${runsDirectory}/stage1`)) {
      if (store.has(name)) store.set(name, sizes, data as Float32Array<ArrayBuffer>);
    }
  }
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn, ${language.size} tensors are frozen`);

  const question = pictureQuestions(pictures);
  const pieces = [{ ...tags, count: qFormerConfig.queries }];
  const feed = (seed: number, index: number): Record<string, Tensor> => {
    const rng = new Rng(seed, 41, index);
    const places: number[] = [];
    const rows: TextExample[] = [];
    let answers = 0;
    while (rows.length < batch) {
      // Which thing it is underlies most other answers, so half of all questions ask just that.
      const naming = rows.length < batch / 2;
      const place = rng.int(features.scenes.length);
      const scene = features.scenes[place];
      if (!scene) continue;
      const { type, question: asked, answer } = question(scene, rng);
      if (naming && type !== 'name') continue;
      const row = textIds(tokenizer, { question: asked, answer });
      const room = shape.targets - answers - 3 * (batch - rows.length);
      if (exampleLength(row) > textLength || row.answer.length + 2 > room) continue;
      answers += row.answer.length + 2;
      places.push(place);
      rows.push(row);
    }
    return { features: features.gather(places), ...packTextBatch(rows, shape, llm.tokens, pieces) };
  };

  await fit({
    directory,
    steps,
    store,
    progress,
    optimizer: new AdamW({ weightDecay: 0.05 }),
    schedule: warmupCosine({ peak: rate, steps, warmupSteps: Math.min(200, steps / 10), end: rate / 50 }),
    average: new WeightAverage(0.998),
    clipNorm: 1,
    checkpointEvery: 250,
    ...(signal ? { signal } : {}),
    batch: async (index) => {
      const { loss } = await training.run(feed(recipeSeed, index));
      return { loss, gradients: training.gradients, items: batch };
    },
  });
}
