/**
 * Stage 3 of the paper: all modalities together, on the tasks of its instructions. Only the three adapters and the queries
 * learn; every update has a batch of each task, and their losses count alike.
 */
import { Runtime } from '@x-llm/ort';
import { createProgress, loadWeights, ParameterStore, WeightAverage } from '@x-llm/train';
import { Pictures, type Rng, trainingStyles } from '../data/index.ts';
import { pictureQuestions, type SceneQuestions, speechPrompts } from '../text/index.ts';
import { openClipFeatures } from './clip-features.ts';
import {
  adapterConfig,
  recipeSeed,
  speechAdapterConfig,
  videoAdapterConfig,
  videoQueries,
} from './config.ts';
import { openFeatures, type SceneFeatures } from './features.ts';
import { openFirings } from './firings.ts';
import { initialiseInterface } from './initialise.ts';
import { learntBy } from './learnt.ts';
import { type Asked, type LessonContext, type MediaLesson, mediaLesson } from './media-lesson.ts';
import { NamingQuestions, Recordings, type Spoken } from './recordings.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { videoQuestions } from './stage2.ts';
import { dictation } from './stage2-speech.ts';
import { loadTokenizer } from './tokenizer.ts';

const adapterNames = [adapterConfig, videoAdapterConfig, speechAdapterConfig].map(({ name }) => `${name}.`);
const queryNames = ['query_tokens', videoQueries];

/** What learns in stage 3. */
const learns = (name: string): boolean =>
  queryNames.includes(name) || adapterNames.some((adapter) => name.startsWith(adapter));

export async function trainStage3(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('stage3');
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer(runs);
  const language = await loadWeights(runs('llm'));
  const earlier = new Map([
    ...(await learntBy('stage2', { runs, start })),
    ...(await learntBy('stage2-speech', { runs, start })),
  ]);
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  await using scenes = await openFeatures(pictures, options);
  await using clips = await openClipFeatures(pictures, options);
  await using firings = await openFirings(runs);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  const context: LessonContext = {
    runtime,
    store,
    frozen: (name) => language.get(name) ?? (learns(name) ? undefined : earlier.get(name)),
    tokenizer,
    sources: { image: scenes, video: clips, speech: firings },
  };
  const lesson = (
    name: string,
    stream: number,
    task: Omit<Parameters<typeof mediaLesson>[1], 'name' | 'batch' | 'stream'>,
  ) => mediaLesson(context, { name: `stage3-${name}`, batch, stream, ...task });
  const recordings = new Recordings(firings);
  const naming = new NamingQuestions(scenes, recordings);
  const question = pictureQuestions(pictures);
  using graphs = new DisposableStack();
  const tasks: readonly MediaLesson[] = [
    graphs.use(
      await lesson('vl', 101, {
        media: ['image'],
        buckets: [{ shorter: 0, longest: 30, share: 1, taught: 10 }],
        draw: (rng) => {
          const image = rng.int(scenes.scenes.length);
          const scene = scenes.scenes[image];
          const asked = scene && question(scene, rng);
          return asked && { media: { image }, question: asked.question, answer: asked.answer };
        },
      }),
    ),
    graphs.use(
      await lesson('asr', 102, {
        media: ['speech'],
        buckets: [{ shorter: 0, longest: 52, share: 1, taught: 12 }],
        draw: dictation(firings),
      }),
    ),
    graphs.use(
      await lesson('masr', 103, {
        media: ['image', 'speech'],
        buckets: [{ shorter: 0, longest: 66, share: 1, taught: 12 }],
        draw: (rng) => heardAboutPicture(scenes, recordings, rng),
      }),
    ),
    graphs.use(
      await lesson('vsd', 104, {
        media: ['image', 'speech'],
        buckets: [{ shorter: 0, longest: 66, share: 1, taught: 10 }],
        draw: (rng) => {
          const asked = rng.chance(namingShare)
            ? naming.ask(rng)
            : askedAloud(scenes, question, recordings, rng);
          if (!asked) return undefined;
          const prompt = rng.chance(0.5) ? '' : rng.pick(speechPrompts.answer);
          return { ...asked, question: prompt };
        },
      }),
    ),
    graphs.use(await lesson('video', 105, videoQuestions(clips))),
  ];
  store.take(earlier);
  progress.note(`${(store.count / 1e3).toFixed(0)} thousand parameters learn`);
  await runStep(options, {
    directory,
    store,
    progress,
    accumulate: tasks.length,
    average: new WeightAverage(0.99),
    batch: (index) => {
      const task = tasks[index % tasks.length];
      if (!task) throw new RangeError('no task');
      return task.batch(Math.floor(index / tasks.length));
    },
  });
}

/** Any question about any scene that is among what was recorded. */
function askedAloud(
  { scenes }: SceneFeatures,
  question: SceneQuestions,
  recordings: Recordings,
  rng: Rng,
): Spoken | undefined {
  const image = rng.int(scenes.length);
  const scene = scenes[image];
  const asked = scene && question(scene, rng, { manner: 'spoken' });
  const speech = asked && recordings.saying(asked.question, rng);
  return speech === undefined ? undefined : { media: { image, speech }, answer: asked?.answer ?? '' };
}

/** Of spoken questions, those that name things. */
const namingShare = 0.25;

/** A recording about a thing, and a picture of it, which helps where it is hard to hear. */
function heardAboutPicture({ scenes }: SceneFeatures, recordings: Recordings, rng: Rng): Asked | undefined {
  const image = rng.int(scenes.length);
  const scene = scenes[image];
  const thing = scene?.kind === 'single' ? scene.items[0]?.thing : undefined;
  const speech = thing === undefined ? undefined : recordings.about(thing, rng);
  if (speech === undefined) return undefined;
  const answer = recordings.text(speech);
  return { media: { image, speech }, question: rng.pick(speechPrompts.transcribeWithPicture), answer };
}
