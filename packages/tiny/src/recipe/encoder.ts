/** Step 1 of the recipe: the picture encoder learns to tell the things of the world apart. */
import { Runtime, type Tensor } from '@x-llm/ort';
import {
  classify,
  createProgress,
  type Initialise,
  initialiseTransformer,
  ParameterStore,
  partsOf,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { createBatchLoader, Pictures, type Scene, trainingStyleIds, trainingStyles } from '../data/index.ts';
import { ahead } from './ahead.ts';
import { batchParts, classCount, encoderConfig, encoderShare, recipeSeed } from './config.ts';
import { pixelTensor } from './pixels.ts';
import { regionCount, regionQuestions } from './regions.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';

/** Batches of each check. */
const checkRounds = 12;

/**
 * Weights by fan-in, for at these widths BERT's 0.02 starts too small: He's √(2/n) before a ReLU (arXiv 1502.01852),
 * √(1/3n) elsewhere, as PyTorch's linear layers; less at the end of residual branches, so that shortcuts lead.
 */
const initialiseEncoder: Initialise = (name, shape, random) => {
  if (shape.length < 2 || !name.endsWith('weight')) return initialiseTransformer(name, shape, random);
  const fanIn = shape.slice(1).reduce((product, dim) => product * dim, 1);
  const gain = name.includes('conv') || name.includes('down') ? 2 : 1 / 3;
  const deviation = Math.sqrt(gain / fanIn) * (/conv2|attn\.proj|fc2/.test(name) ? 0.5 : 1);
  return new Float32Array(fanIn * (shape[0] ?? 0)).map(() => deviation * random.normal());
};

export async function trainEncoder(options: StepOptions): Promise<void> {
  const { steps, batch, threads, runs = wholeRecipe } = options;
  const directory = runs('encoder');
  const progress = createProgress({ directory, unit: 'pictures', every: 50 });
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  const common = {
    seed: recipeSeed,
    batchSize: batch,
    size: encoderConfig.imageSize,
    styles: trainingStyleIds,
  };
  // The pictures have to be learnt before they are distorted beyond what a person would recognise.
  const strength = (step: number) => 0.35 + 0.6 * Math.min(1, step / (0.8 * steps));
  const loader = createBatchLoader(pictures, { ...common, kind: 'scene', share: encoderShare, strength });
  const check = (strength: number) =>
    createBatchLoader(pictures, {
      ...common,
      kind: 'scene',
      share: { pair: 0, count: 0 },
      seed: recipeSeed + 1,
      family: 'evaluation',
      strength,
      ahead: 2,
    });
  const checks = { accuracy: check(1), accuracy_half: check(0.5) };

  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseEncoder });
  using training = await TrainingStep.create({
    runtime,
    name: 'encoder',
    store,
    parts: batchParts,
    build: classify({
      encoder: encoderConfig,
      classes: classCount,
      batch: batch / batchParts,
      regions: regionCount,
      smoothing: 0.1,
      placeWeight: 0.1,
    }),
  });
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters, ${loader.epochLength} pictures an epoch`);

  const asked = ({ pixels, scenes }: { pixels: Uint8Array; scenes: readonly Scene[] }) => {
    const inputs = {
      pixels: pixelTensor(pixels, batch, encoderConfig.imageSize),
      ...regionQuestions(scenes, encoderConfig),
    };
    return partsOf(inputs, batchParts);
  };
  const places = (metrics: Record<string, Tensor>) => Number(metrics['places']?.data[0]);
  const accuracy = (metrics: Record<string, Tensor>) => Number(metrics['accuracy']?.data[0]);

  let expected = 0;
  const load = ahead(async (index) => {
    if (index !== expected) loader.seek(index);
    expected = index + 1;
    return asked(await loader.next());
  });
  try {
    await runStep(options, {
      directory,
      store,
      progress,
      warmupSteps: 400,
      endShare: 0.01,
      average: new WeightAverage(0.999),
      evaluateEvery: 1000,
      batch: async (index) => {
        const { loss, metrics } = await training.runParts(await load(index));
        return {
          loss,
          gradients: training.gradients,
          items: batch,
          metrics: { accuracy: accuracy(metrics), places: places(metrics) },
        };
      },
      evaluate: async () => {
        const found: Record<string, number> = {};
        for (const [name, loader] of Object.entries(checks)) {
          loader.seek(0);
          let sum = 0;
          for (let i = 0; i < checkRounds; i++)
            sum += accuracy((await training.runParts(asked(await loader.next()))).metrics);
          found[name] = sum / checkRounds;
        }
        return found;
      },
    });
  } finally {
    await Promise.all([loader, ...Object.values(checks)].map((loader) => loader.close()));
  }
}
