/** Stage 2 of the paper for speech: C-Former and S-Adapter learn to dictate to the frozen language model. */
import { Runtime } from '@x-llm/ort';
import { createProgress, loadWeights, ParameterStore, WeightAverage } from '@x-llm/train';
import { speechPrompts } from '../text/index.ts';
import { recipeSeed } from './config.ts';
import { type Firings, openFirings, usableRecordings } from './firings.ts';
import { initialiseByFanIn } from './initialise.ts';
import { learntBy } from './learnt.ts';
import { type LessonOptions, mediaLesson } from './media-lesson.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer } from './tokenizer.ts';

export async function trainStage2Speech(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('stage2-speech');
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer(runs);
  const language = await loadWeights(runs('llm'));
  await using firings = await openFirings(runs);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseByFanIn });
  using lesson = await mediaLesson(
    { runtime, store, frozen: (name) => language.get(name), tokenizer, sources: { speech: firings } },
    {
      name: 'stage2-speech',
      media: ['speech'],
      batch,
      buckets: [
        { shorter: 0, longest: 34, share: 0.55, taught: 9 },
        { shorter: 34, longest: 62, share: 0.45, taught: 16 },
      ],
      stream: 81,
      draw: dictation(firings),
    },
  );
  store.take(await learntBy('tokens', { runs, start }));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn, ${language.size} tensors are frozen`);
  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: (index) => lesson.batch(index),
  });
}

/** The question whether to write down what is said, about any of the recordings. */
export function dictation(firings: Firings): LessonOptions['draw'] {
  const usable = usableRecordings(firings);
  return (rng) => {
    const speech = rng.pick(usable);
    const answer = firings.recordings[speech]?.text ?? '';
    return { media: { speech }, question: rng.pick(speechPrompts.transcribe), answer };
  };
}
