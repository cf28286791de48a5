/** Stage 2 of the paper for speech: C-Former and S-Adapter learn to dictate to the frozen language model. */
import type { ParameterSource } from '@x-llm/onnx';
import { Runtime } from '@x-llm/ort';
import {
  alignMedia,
  createProgress,
  exampleLength,
  heardBy,
  loadWeights,
  type MixedExample,
  ParameterStore,
  packMixedBatch,
  TrainingStep,
  WeightAverage,
  withPlaceholders,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { speechPrompts } from '../text/index.ts';
import { cFormerConfig, llmConfig, recipeSeed, runsDirectory, speechAdapterConfig } from './config.ts';
import { gatherFirings, openFirings } from './firings.ts';
import { initialiseByFanIn } from './initialise.ts';
import { promptOf } from './prompt.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { type Bucket, bucketAt, fitsBucket } from './text-rows.ts';
import { loadTokenizer } from './tokenizer.ts';
import { maxFirings } from './tokens.ts';

/** Lengths of recording, question and answer, and the positions that are taught per row. */
const buckets: readonly (Bucket & { readonly taught: number })[] = [
  { shorter: 0, longest: 34, share: 0.55, taught: 9 },
  { shorter: 34, longest: 62, share: 0.45, taught: 16 },
];

export async function trainStage2Speech(options: StepOptions): Promise<void> {
  const { batch, threads } = options;
  const directory = `${runsDirectory}/stage2-speech`;
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const { tokenizer, tokens, tags } = await loadTokenizer();
  const llm = llmConfig(tokens);
  const language = await loadWeights(`${runsDirectory}/llm`);
  const frozen: ParameterSource = (name) => language.get(name);
  await using firings = await openFirings();
  const usable = firings.recordings.flatMap(({ count }, index) =>
    count > 0 && count <= maxFirings ? [index] : [],
  );
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  using graphs = new DisposableStack();
  const graphOf = async (bucket: (typeof buckets)[number]) => {
    const shape = { batch, length: bucket.longest, targets: batch * bucket.taught };
    const training = await TrainingStep.create({
      runtime,
      name: 'stage2-speech',
      store,
      frozen,
      build: alignMedia({
        llm: { part: llm },
        speech: heardBy({ cFormer: cFormerConfig, adapter: speechAdapterConfig }),
        shape,
        media: { images: false, frames: 0, firings: maxFirings },
      }),
    });
    return { bucket, shape, training: graphs.use(training) };
  };
  const lessons: Awaited<ReturnType<typeof graphOf>>[] = [];
  for (const bucket of buckets) lessons.push(await graphOf(bucket));
  store.take(await loadWeights(`${runsDirectory}/tokens`));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn, ${language.size} tensors are frozen`);

  /** The question whether to write it down, behind a recording whose rows begin at `row` · maxFirings. */
  const asked = (index: number, row: number, rng: Rng): MixedExample => {
    const { text = '', count = 0 } = firings.recordings[index] ?? {};
    const question = rng.pick(speechPrompts.transcribe);
    return {
      pieces: [{ ...tags.speech, rows: Array.from({ length: count }, (_, at) => row * maxFirings + at) }],
      question: tokenizer.encode(promptOf([{ question, answer: '' }])),
      answer: tokenizer.encode(text),
    };
  };
  const feed = async (index: number, { bucket, shape }: (typeof lessons)[number]) => {
    const rng = new Rng(recipeSeed, 72, index);
    const places: number[] = [];
    const rows: MixedExample[] = [];
    let answers = 0;
    while (rows.length < batch) {
      const place = rng.pick(usable);
      const row = asked(place, rows.length, rng);
      const room = shape.targets - answers - 4 * (batch - rows.length);
      if (!fitsBucket(bucket, exampleLength(withPlaceholders(row))) || row.answer.length + 2 > room) continue;
      answers += row.answer.length + 2;
      places.push(place);
      rows.push(row);
    }
    return {
      ...(await gatherFirings(firings, places, maxFirings)),
      ...packMixedBatch(rows, shape, llm.tokens, batch * maxFirings),
    };
  };

  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const lesson = lessons[bucketAt(buckets, recipeSeed, index)];
      if (!lesson) throw new RangeError('as many lessons as buckets');
      const { loss } = await lesson.training.run(await feed(index, lesson));
      return { loss, gradients: lesson.training.gradients, items: batch };
    },
  });
}
