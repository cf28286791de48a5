/**
 * Stage 2 of the paper for video: queries of its own and the V-Adapter learn to tell the frozen language model what
 * happens. The Q-Former is that of pictures, and stays as it is.
 */
import { Runtime } from '@x-llm/ort';
import { createProgress, loadWeights, ParameterStore, WeightAverage } from '@x-llm/train';
import { Pictures, thingAt, trainingStyles } from '../data/index.ts';
import { askAnyOfClip, eitherLanguage } from '../text/index.ts';
import { type ClipFeatures, openClipFeatures } from './clip-features.ts';
import { recipeSeed, videoAdapterConfig, videoQueries } from './config.ts';
import { initialiseInterface } from './initialise.ts';
import { type LessonOptions, mediaLesson } from './media-lesson.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer } from './tokenizer.ts';

/** What videos have of their own, without the Q-Former. */
export const isOfVideo = (name: string): boolean =>
  name === videoQueries || name.startsWith(`${videoAdapterConfig.name}.`);

export async function trainStage2Video(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe } = options;
  const directory = runs('stage2-video');
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer();
  const language = await loadWeights(runs('llm'));
  const shared = await loadWeights(runs('stage2'));
  await using clips = await openClipFeatures(
    await Pictures.load(trainingStyles, { onProgress: progress.note }),
  );
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  using lesson = await mediaLesson(
    {
      runtime,
      store,
      frozen: (name) => language.get(name) ?? (isOfVideo(name) ? undefined : shared.get(name)),
      tokenizer,
      sources: { video: clips },
    },
    { name: 'stage2-video', batch, stream: 91, ...videoQuestions(clips) },
  );
  store.take(await loadWeights(runs('words')));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn`);
  await runStep(options, {
    directory,
    store,
    progress,
    average: new WeightAverage(0.998),
    batch: (index) => lesson.batch(index),
  });
}

/** Typed questions about any of the clips. */
export const videoQuestions = ({
  clips,
}: ClipFeatures): Pick<LessonOptions, 'media' | 'buckets' | 'draw'> => ({
  media: ['video'],
  buckets: [{ shorter: 0, longest: 96, share: 1, taught: 10 }],
  draw: (rng) => {
    const video = rng.int(clips.length);
    const clip = clips[video];
    if (!clip) return undefined;
    const facts = { thing: thingAt(clip.thing), motion: clip.motion };
    const { question, answer } = askAnyOfClip(facts, eitherLanguage(rng), rng);
    return { media: { video }, question, answer };
  },
});
