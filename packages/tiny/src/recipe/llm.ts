/** Step 3 of the recipe: the language model learns the world's text. It never sees a picture. */
import { Runtime } from '@x-llm/ort';
import {
  AdamW,
  createProgress,
  fit,
  languageModel,
  ParameterStore,
  packTextBatch,
  type TextBatchShape,
  TrainingStep,
  WeightAverage,
  warmupCosine,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { llmConfig, recipeSeed, runsDirectory } from './config.ts';
import { initialiseByFanIn } from './initialise.ts';
import { textRows } from './text-rows.ts';
import { loadTokenizer } from './tokenizer.ts';

export interface LlmStepOptions {
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

/** Row lengths there is a graph for, and how often each is drawn: about the corpus's own shares. */
const buckets = [
  { shorter: 0, longest: 28, share: 0.45 },
  { shorter: 28, longest: 40, share: 0.4 },
  { shorter: 40, longest: 72, share: 0.15 },
] as const;

/** Answers take at most this share of a batch's positions; `packTextBatch` says so if one does not fit. */
const targetShare = 0.5;

export async function trainLlm({ steps, batch, rate, threads, signal }: LlmStepOptions): Promise<void> {
  const directory = `${runsDirectory}/llm`;
  const progress = createProgress({ directory, unit: 'tokens', every: 50 });
  const tokenizer = await loadTokenizer();
  const config = llmConfig(tokenizer.tokens);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  const shapes = buckets.map(
    ({ longest }): TextBatchShape => ({
      batch,
      length: longest,
      targets: Math.ceil(batch * longest * targetShare),
    }),
  );
  const graphs: TrainingStep[] = [];
  for (const shape of shapes) {
    graphs.push(
      await TrainingStep.create({ runtime, name: 'llm', store, build: languageModel(config, shape) }),
    );
  }
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters`);

  const feed = (seed: number, index: number, bucket: number) => {
    const [shape, range] = [shapes[bucket], buckets[bucket]];
    if (!shape || !range) throw new RangeError(`no bucket ${bucket}`);
    return packTextBatch(textRows(tokenizer, { seed, index, batch, ...range }), shape, config.tokens);
  };
  const run = async (bucket: number, seed: number, index: number) => {
    const graph = graphs[bucket];
    if (!graph) throw new RangeError(`no bucket ${bucket}`);
    const { loss } = await graph.run(feed(seed, index, bucket));
    return { loss, gradients: graph.gradients, items: batch * (shapes[bucket]?.length ?? 0) };
  };
  const bucketAt = (index: number): number => {
    let left = new Rng(recipeSeed, 21, index).next();
    const found = buckets.findIndex(({ share }) => {
      left -= share;
      return left < 0;
    });
    return Math.max(0, found);
  };

  await fit({
    directory,
    steps,
    store,
    progress,
    optimizer: new AdamW({ weightDecay: 0.05, beta2: 0.98 }),
    schedule: warmupCosine({ peak: rate, steps, warmupSteps: Math.min(200, steps / 10), end: rate / 50 }),
    average: new WeightAverage(0.999),
    clipNorm: 1,
    checkpointEvery: 250,
    evaluateEvery: 500,
    ...(signal ? { signal } : {}),
    batch: (index) => run(bucketAt(index), recipeSeed, index),
    evaluate: async () => ({ loss: (await run(1, recipeSeed + 1, 0)).loss }),
  });
}
