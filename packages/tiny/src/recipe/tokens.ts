/**
 * How stage 2 begins for speech, as `words` for pictures: what CIF fires for a syllable learns to be the word embeddings
 * that the frozen language model has for the tokens beginning in it, several on top of each other; a syllable in which
 * none begins may be anything. Recordings in which as many syllables fired as were said teach.
 */
import { Runtime, Tensor } from '@x-llm/ort';
import {
  alignTokens,
  anyPhrase,
  createProgress,
  heardBy,
  labelCounts,
  ParameterStore,
  partsOf,
  phraseEmbeddings,
  TrainingStep,
  WeightAverage,
} from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { syllablesOf } from '../data/speech/index.ts';
import { batchParts, cFormerConfig, maxFirings, recipeSeed, speechAdapterConfig } from './config.ts';
import { tokensOfFirings } from './firing-tokens.ts';
import { gatherFirings, openFirings, usableRecordings } from './firings.ts';
import { initialiseByFanIn } from './initialise.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer } from './tokenizer.ts';
import { wordEmbeddings } from './word-embeddings.ts';

export async function trainTokens(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('tokens');
  const progress = createProgress({ directory, unit: 'recordings', every: 50 });
  const tokenizer = await loadTokenizer(runs);
  const table = await wordEmbeddings(runs);
  await using firings = await openFirings(runs);
  const syllables = await syllablesOf(firings.recordings, progress.note, runs('speech'));
  const phrases = new Phrases();
  const labelsOf = new Map(
    firings.recordings.map(({ text }) => [
      text,
      tokensOfFirings(text, syllables, tokenizer).map((tokens) => phrases.numberOf(tokens)),
    ]),
  );
  const lessons = usableRecordings(firings).flatMap((index) => {
    const { text = '', count } = firings.recordings[index] ?? {};
    const labels = labelsOf.get(text) ?? [];
    return labels.length === count ? [{ index, labels }] : [];
  });
  progress.note(
    `in ${lessons.length} of ${firings.recordings.length} as many fired as were said, ${phrases.all.length} phrases`,
  );
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  using training = await TrainingStep.create({
    runtime,
    name: 'tokens',
    store,
    parts: batchParts,
    build: alignTokens({
      speech: heardBy({ cFormer: cFormerConfig, adapter: speechAdapterConfig }),
      batch: batch / batchParts,
      firings: maxFirings,
      phrases: phraseEmbeddings(table, phrases.all),
    }),
  });
  if (start) store.take(start);
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
      const labels = drawn.flatMap((one) =>
        Array.from({ length: maxFirings }, (_, at) => BigInt(one.labels[at] ?? anyPhrase)),
      );
      const inputs = {
        ...(await gatherFirings(
          firings,
          drawn.map((one) => one.index),
          maxFirings,
        )),
        labels: Tensor.from('int64', BigInt64Array.from(labels), [batch, maxFirings]),
      };
      const parts = partsOf(inputs, batchParts);
      const { loss } = await training.runParts(parts, { weights: labelCounts(parts) });
      return { loss, gradients: training.gradients, items: batch };
    },
  });
}

/** Tokens that lie on top of each other somewhere, in any order; numbered as they come. */
class Phrases {
  readonly all: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();

  /** Of no tokens it is `anyPhrase`. */
  numberOf(tokens: readonly number[]): number {
    if (tokens.length === 0) return anyPhrase;
    const sorted = [...tokens].sort((a, b) => a - b);
    const number = this.#numbers.get(sorted.join()) ?? this.all.length;
    if (number === this.all.length) this.all.push(sorted);
    this.#numbers.set(sorted.join(), number);
    return number;
  }
}
