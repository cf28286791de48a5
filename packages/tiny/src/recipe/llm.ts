/** Step 3 of the recipe: the language model learns the world's text. It never sees a picture. */
import { Runtime } from '@x-llm/ort';
import {
  createProgress,
  dealt,
  labelCounts,
  languageModel,
  ParameterStore,
  packTextBatch,
  type TextBatchShape,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { batchParts, llmConfig, recipeSeed } from './config.ts';
import { initialiseByFanIn } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { type Bucket, bucketAt, textRows } from './text-rows.ts';
import { loadTokenizer } from './tokenizer.ts';

/**
 * Row lengths there is a graph for, how often each is drawn (about the corpus's own shares), and which part of the
 * positions answers take at most; `packTextBatch` says so if one does not fit.
 */
const buckets: readonly (Bucket & { readonly taught: number })[] = [
  { shorter: 0, longest: 28, share: 0.33, taught: 0.4 },
  { shorter: 28, longest: 40, share: 0.31, taught: 0.4 },
  { shorter: 40, longest: 72, share: 0.2, taught: 0.35 },
  { shorter: 72, longest: 128, share: 0.16, taught: 0.15 },
];

export async function trainLlm(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('llm');
  const progress = createProgress({ directory, unit: 'tokens', every: 50 });
  const tokenizer = await loadTokenizer(runs);
  const config = llmConfig(tokenizer.tokens);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  const shapes = buckets.map(
    ({ longest, taught }): TextBatchShape => ({
      batch: batch / batchParts,
      length: longest,
      // Parts differ by no more than two rows do.
      targets: Math.ceil((batch / batchParts) * longest * taught) + longest,
    }),
  );
  const graphs: TrainingStep[] = [];
  for (const shape of shapes) {
    graphs.push(
      await TrainingStep.create({
        runtime,
        name: 'llm',
        store,
        parts: batchParts,
        build: languageModel(config, shape),
      }),
    );
  }
  if (start) store.take(start);
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters`);

  const run = async (number: number, seed: number, index: number) => {
    const [graph, shape, bucket] = [graphs[number], shapes[number], buckets[number]];
    if (!graph || !shape || !bucket) throw new RangeError(`no bucket ${number}`);
    const rows = textRows(tokenizer, { seed, index, batch, bucket });
    const parts = dealt(rows, batchParts, ({ answer }) => answer.length);
    const inputs = parts.map((part) => packTextBatch(part, shape, config.tokens));
    const { loss } = await graph.runParts(inputs, { weights: labelCounts(inputs) });
    return { loss, gradients: graph.gradients, items: batch * shape.length };
  };
  await runStep(options, {
    directory,
    store,
    progress,
    beta2: 0.98,
    average: new WeightAverage(0.999),
    evaluateEvery: 500,
    batch: (index) => run(bucketAt(buckets, recipeSeed, index), recipeSeed, index),
    evaluate: async () => ({ loss: (await run(1, recipeSeed + 1, 0)).loss }),
  });
}
