/** Step 1 of the recipe: the picture encoder learns to tell the things of the world apart. */
import { Runtime, Tensor } from '@x-llm/ort';
import {
  AdamW,
  classify,
  createProgress,
  fit,
  type Initialise,
  initialiseTransformer,
  ParameterStore,
  TrainingStep,
  WeightAverage,
  warmupCosine,
} from '@x-llm/train';
import { createBatchLoader, Pictures, trainingStyleIds, trainingStyles } from '../data/index.ts';
import { classCount, encoderConfig, recipeSeed, runsDirectory } from './config.ts';
import { pixelTensor } from './pixels.ts';

export interface EncoderStepOptions {
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

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

export async function trainEncoder({
  steps,
  batch,
  rate,
  threads,
  signal,
}: EncoderStepOptions): Promise<void> {
  const directory = `${runsDirectory}/encoder`;
  const progress = createProgress({ directory, unit: 'pictures', every: 50 });
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  const common = {
    seed: recipeSeed,
    batchSize: batch,
    size: encoderConfig.imageSize,
    styles: trainingStyleIds,
  };
  // Full strength is for schedules several times as long: the pictures have to be learnt first.
  const strength = (step: number) => 0.35 + 0.4 * Math.min(1, step / (0.6 * steps));
  const loader = createBatchLoader(pictures, { ...common, strength });
  const checks = createBatchLoader(pictures, {
    ...common,
    seed: recipeSeed + 1,
    family: 'evaluation',
    ahead: 2,
  });

  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseEncoder });
  const options = { encoder: encoderConfig, classes: classCount, batch };
  using training = await TrainingStep.create({
    runtime,
    name: 'encoder',
    store,
    build: classify({ ...options, smoothing: 0.1 }),
  });
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters, ${loader.epochLength} pictures an epoch`);

  const feed = ({ pixels, labels }: { pixels: Uint8Array; labels: Int32Array }) => ({
    pixels: pixelTensor(pixels, batch, encoderConfig.imageSize),
    labels: Tensor.from('int64', BigInt64Array.from(labels, BigInt), [batch]),
  });
  const accuracy = (metrics: Record<string, Tensor>) => Number(metrics['accuracy']?.data[0]);

  let expected = 0;
  try {
    await fit({
      directory,
      steps,
      store,
      progress,
      optimizer: new AdamW({ weightDecay: 0.05 }),
      schedule: warmupCosine({ peak: rate, steps, warmupSteps: Math.min(400, steps / 10), end: rate / 100 }),
      average: new WeightAverage(0.999),
      clipNorm: 1,
      checkpointEvery: 250,
      evaluateEvery: 1000,
      ...(signal ? { signal } : {}),
      batch: async (index) => {
        if (index !== expected) loader.seek(index);
        expected = index + 1;
        const { loss, metrics } = await training.run(feed(await loader.next()));
        return {
          loss,
          gradients: training.gradients,
          items: batch,
          metrics: { accuracy: accuracy(metrics) },
        };
      },
      evaluate: async () => {
        checks.seek(0);
        let sum = 0;
        const rounds = 12;
        for (let i = 0; i < rounds; i++)
          sum += accuracy((await training.run(feed(await checks.next()))).metrics);
        return { accuracy: sum / rounds };
      },
    });
  } finally {
    await Promise.all([loader.close(), checks.close()]);
  }
}
