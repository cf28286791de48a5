/**
 * Step 6 of the recipe, how stage 2 begins: every query learns to say the names of what it looks at, in both languages
 * at once, in the word embeddings of the frozen language model. That one reads such rows as it reads captions.
 */
import { Runtime, Tensor } from '@x-llm/ort';
import {
  alignWords,
  anyPhrase,
  createProgress,
  loadWeights,
  ParameterStore,
  phraseEmbeddings,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { nameOf, Pictures, Rng, type Scene, trainingStyles, world } from '../data/index.ts';
import { adapterConfig, patchCount, qFormerConfig, recipeSeed, runsDirectory } from './config.ts';
import { openFeatures } from './features.ts';
import { initialiseInterface } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { loadTokenizer, type TinyTokenizer } from './tokenizer.ts';

export async function trainWords(options: StepOptions): Promise<void> {
  const { batch, threads } = options;
  const directory = `${runsDirectory}/words`;
  const progress = createProgress({ directory, unit: 'pictures', every: 50 });
  const phrases = namesOf(await loadTokenizer());
  const table = (await loadWeights(`${runsDirectory}/llm`)).get('transformer.word_embeddings.weight');
  if (!table) throw new Error(`${runsDirectory}/llm holds no word embeddings`);
  await using features = await openFeatures(
    await Pictures.load(trainingStyles, { onProgress: progress.note }),
  );
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  using training = await TrainingStep.create({
    runtime,
    name: 'words',
    store,
    build: alignWords({
      qFormer: qFormerConfig,
      adapter: adapterConfig,
      batch,
      patches: patchCount,
      phrases: phraseEmbeddings(table, phrases),
    }),
  });
  store.take(await loadWeights(`${runsDirectory}/stage1`));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters, ${phrases.length} phrases`);

  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const rng = new Rng(recipeSeed, 51, index);
      const places = Array.from({ length: batch }, () => rng.int(features.scenes.length));
      const labels = places.flatMap((place) => phrasePerQuery(features.scenes[place], qFormerConfig.queries));
      const { loss } = await training.run({
        features: await features.gather(places),
        labels: Tensor.from('int64', BigInt64Array.from(labels, BigInt), [batch, qFormerConfig.queries]),
      });
      return { loss, gradients: training.gradients, items: batch };
    },
  });
}

/** Of every thing, the tokens of its English and its Chinese name. */
const namesOf = ({ tokenizer }: TinyTokenizer): number[][] =>
  world.map((thing) => [...tokenizer.encode(nameOf(thing, 'en')), ...tokenizer.encode(nameOf(thing, 'zh'))]);

/** The thing that each query says: of a pair the first half of them the left one, the others the right one. */
export function phrasePerQuery(scene: Scene | undefined, queries: number): number[] {
  const [first, second] = scene?.items ?? [];
  return Array.from({ length: queries }, (_, query) => {
    const item = scene?.kind === 'pair' && query >= queries / 2 ? second : first;
    return item?.thing ?? anyPhrase;
  });
}
