/**
 * How stage 2 begins for speech, as `words` for pictures: what CIF fires for a token learns to be the word embedding that
 * the frozen language model has for it. Recordings in which as many tokens fired as were said teach.
 */
import { Runtime, Tensor } from '@x-llm/ort';
import {
  alignTokens,
  anyPhrase,
  createProgress,
  heardBy,
  ParameterStore,
  phraseEmbeddings,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { cFormerConfig, maxFirings, recipeSeed, speechAdapterConfig, vocabularySize } from './config.ts';
import { gatherFirings, openFirings, usableRecordings } from './firings.ts';
import { initialiseByFanIn } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer } from './tokenizer.ts';
import { wordEmbeddings } from './word-embeddings.ts';

export async function trainTokens(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe } = options;
  const directory = runs('tokens');
  const progress = createProgress({ directory, unit: 'recordings', every: 50 });
  const { tokenizer } = await loadTokenizer();
  const table = await wordEmbeddings(runs);
  await using firings = await openFirings(runs);
  const lessons = usableRecordings(firings).flatMap((index) => {
    const { text = '', count } = firings.recordings[index] ?? {};
    const tokens = tokenizer.encode(text);
    return tokens.length === count ? [{ index, tokens }] : [];
  });
  progress.note(`in ${lessons.length} of ${firings.recordings.length} as many fired as were said`);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  using training = await TrainingStep.create({
    runtime,
    name: 'tokens',
    store,
    build: alignTokens({
      speech: heardBy({ cFormer: cFormerConfig, adapter: speechAdapterConfig }),
      batch,
      firings: maxFirings,
      words: phraseEmbeddings(
        table,
        Array.from({ length: vocabularySize }, (_, token) => [token]),
      ),
    }),
  });
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn`);
  // An encoder that was not taught fires as it likes.
  await runStep(lessons.length > 0 ? options : { ...options, steps: 0 }, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const rng = new Rng(recipeSeed, 71, index);
      const drawn = Array.from({ length: batch }, () => rng.pick(lessons));
      const labels = drawn.flatMap(({ tokens }) =>
        Array.from({ length: maxFirings }, (_, at) => BigInt(tokens[at] ?? anyPhrase)),
      );
      const { loss } = await training.run({
        ...(await gatherFirings(
          firings,
          drawn.map((one) => one.index),
          maxFirings,
        )),
        tokens: Tensor.from('int64', BigInt64Array.from(labels), [batch, maxFirings]),
      });
      return { loss, gradients: training.gradients, items: batch };
    },
  });
}
