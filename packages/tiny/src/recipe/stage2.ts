/**
 * Step 7 of the recipe, stage 2 of the paper for pictures and clips: Q-Former, queries and adapters learn to speak to the
 * frozen language model. Every update has a batch of each, for both look through the same Q-Former: taught by pictures
 * alone it forgets where things stand in frames (docs/decisions/0017).
 */
import { Runtime } from '@x-llm/ort';
import { createProgress, loadWeights, ParameterStore, WeightAverage } from '@x-llm/train';
import { Pictures, thingAt, trainingStyles } from '../data/index.ts';
import { askAnyOfClip, eitherLanguage, type PictureQuestionType, pictureQuestions } from '../text/index.ts';
import { type ClipFeatures, openClipFeatures } from './clip-features.ts';
import { recipeSeed, videoAdapterConfig, videoQueries } from './config.ts';
import { openFeatures, type SceneFeatures } from './features.ts';
import { initialiseInterface } from './initialise.ts';
import { learntBy } from './learnt.ts';
import { type LessonContext, type LessonOptions, mediaLesson } from './media-lesson.ts';
import { runStep, type StepOptions } from './run-step.ts';
import { wholeRecipe } from './runs.ts';
import { loadTokenizer } from './tokenizer.ts';

/** What videos have of their own, without the Q-Former. */
export const isOfVideo = (name: string): boolean =>
  name === videoQueries || name.startsWith(`${videoAdapterConfig.name}.`);

/** Clips per picture in an update; each has eight frames. */
const clipsPerPicture = 1 / 4;

/**
 * What a part of the pictures is asked, and the rest is asked anything. Which thing it is underlies most other answers;
 * sides, colours and numbers would come up too rarely to be learnt, and whether it is what somebody names is learnt late.
 */
const wanted: readonly (readonly [PictureQuestionType, number])[] = [
  ['name', 0.36],
  ['isIt', 0.14],
  ['left', 0.08],
  ['right', 0.08],
  ['colour', 0.08],
  ['count', 0.07],
  ['isA', 0.05],
];

/** Scenes that are looked at for one that answers what is wanted. */
const mostScenes = 200;

/** The type of question at this share of all; undefined: any. */
function wantedType(place: number): PictureQuestionType | undefined {
  let end = 0;
  return wanted.find(([, share]) => {
    end += share;
    return place < end;
  })?.[0];
}

export async function trainStage2(options: StepOptions): Promise<void> {
  const { batch, threads, runs = wholeRecipe, start } = options;
  const directory = runs('stage2');
  const progress = createProgress({ directory, unit: 'answers', every: 25 });
  const tokenizer = await loadTokenizer(runs);
  const language = await loadWeights(runs('llm'));
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  await using scenes = await openFeatures(pictures, options);
  await using clips = await openClipFeatures(pictures, options);
  using runtime = Runtime.load({ intraOpThreads: threads, allowSpinning: false });
  const store = new ParameterStore({ seed: recipeSeed, initialise: initialiseInterface });
  const context: LessonContext = {
    runtime,
    store,
    frozen: (name) => language.get(name),
    tokenizer,
    sources: { image: scenes, video: clips },
  };
  using ofPictures = await mediaLesson(context, {
    name: 'stage2',
    batch,
    stream: 41,
    ...wantedPictureQuestions(scenes, pictures),
  });
  using ofClips = await mediaLesson(context, {
    name: 'stage2-clips',
    batch: Math.max(1, Math.round(batch * clipsPerPicture)),
    stream: 91,
    ...videoQuestions(clips),
  });
  const lessons = [
    { lesson: ofPictures, medium: 'pictures' },
    { lesson: ofClips, medium: 'clips' },
  ];
  store.take(await learntBy('words', { runs, start }));
  progress.note(`${(store.count / 1e6).toFixed(2)} M parameters learn, ${language.size} tensors are frozen`);

  await runStep(options, {
    directory,
    store,
    progress,
    accumulate: lessons.length,
    average: new WeightAverage(0.998),
    batch: async (index) => {
      const next = lessons[index % lessons.length];
      if (!next) throw new RangeError('no lesson');
      const result = await next.lesson.batch(Math.floor(index / lessons.length));
      // `fit` takes the mean over the lessons.
      return { ...result, metrics: { [next.medium]: result.loss * lessons.length } };
    },
  });
}

type Questions = Pick<LessonOptions, 'media' | 'buckets' | 'draw'>;

/** Most answers are short, and most pictures are asked what is wanted most. */
function wantedPictureQuestions({ scenes }: SceneFeatures, pictures: Pictures): Questions {
  const question = pictureQuestions(pictures);
  return {
    media: ['image'],
    buckets: [
      { shorter: 0, longest: 30, share: 0.9, taught: 8 },
      { shorter: 30, longest: 40, share: 0.1, taught: 16 },
    ],
    draw: (rng) => {
      // What is wanted comes first, then a scene that has an answer: or what few scenes answer would hardly be asked.
      const wanted = wantedType(rng.next());
      for (let attempt = 0; attempt < mostScenes; attempt++) {
        const image = rng.int(scenes.length);
        const scene = scenes[image];
        const asked = scene && question(scene, rng, { wanted });
        if (asked) return { media: { image }, question: asked.question, answer: asked.answer };
      }
      return undefined;
    },
  };
}

/** Typed questions about any of the clips. */
export const videoQuestions = ({ clips }: ClipFeatures): Questions => ({
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
