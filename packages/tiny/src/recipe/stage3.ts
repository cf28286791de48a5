/**
 * Stage 3 of the paper: all modalities together, on the tasks of its instructions. Only the three adapters and the queries
 * learn; every update has a batch of each task, and their losses count alike.
 */
import { Runtime } from '@x-llm/ort';
import { createProgress, loadWeights, ParameterStore, WeightAverage } from '@x-llm/train';
import { type Language, nameOf, Pictures, type Rng, trainingStyles, world } from '../data/index.ts';
import {
  type NamingQuestion,
  otherThan,
  pictureQuestions,
  readNamingQuestion,
  type SceneQuestions,
  speechPrompts,
  yesNo,
} from '../text/index.ts';
import { openClipFeatures } from './clip-features.ts';
import {
  adapterConfig,
  recipeSeed,
  speechAdapterConfig,
  videoAdapterConfig,
  videoQueries,
} from './config.ts';
import { openFeatures, type SceneFeatures } from './features.ts';
import { type Firings, openFirings, usableRecordings } from './firings.ts';
import { initialiseInterface } from './initialise.ts';
import { learntBy } from './learnt.ts';
import { type Asked, type LessonContext, type MediaLesson, mediaLesson } from './media-lesson.ts';
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
  const tokenizer = await loadTokenizer();
  const language = await loadWeights(runs('llm'));
  const earlier = new Map([
    ...(await learntBy('stage2', { runs, start })),
    ...(await learntBy('stage2-speech', { runs, start })),
  ]);
  const pictures = await Pictures.load(trainingStyles, { onProgress: progress.note });
  await using scenes = await openFeatures(pictures);
  await using clips = await openClipFeatures(pictures);
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

type Spoken = Pick<Asked, 'media' | 'answer'>;

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

/**
 * Of spoken questions, those that name things: which of two it is, or whether it is that. There are too many to be
 * recorded all, so that a scene would hardly ever find its own; here the recording comes first.
 */
const namingShare = 0.25;

export class NamingQuestions {
  readonly #recordings: Recordings;
  readonly #questions: readonly (NamingQuestion & { readonly text: string })[];
  /** Scenes with one thing and no more, by the thing. */
  readonly #scenes: ReadonlyMap<number | undefined, readonly number[]>;

  constructor({ scenes }: Pick<SceneFeatures, 'scenes'>, recordings: Recordings) {
    this.#recordings = recordings;
    this.#questions = recordings.texts.flatMap((text) => {
      const read = readNamingQuestion(text);
      return read ? [{ ...read, text }] : [];
    });
    const single = scenes.flatMap(({ kind, items }, place) =>
      kind === 'single' ? [{ place, thing: items[0]?.thing }] : [],
    );
    const byThing = Map.groupBy(single, ({ thing }) => thing);
    this.#scenes = new Map([...byThing].map(([thing, all]) => [thing, all.map(({ place }) => place)]));
  }

  /** One of them, and a scene that it makes sense of. */
  ask(rng: Rng): Spoken | undefined {
    if (this.#questions.length === 0) return undefined;
    const { text, type, language, things } = rng.pick(this.#questions);
    const named = rng.pick(things);
    const thing = type === 'isIt' && rng.chance(0.5) ? otherThan(named, rng) : named;
    const speech = this.#recordings.saying(text, rng);
    const scenes = this.#scenes.get(thing.id);
    if (speech === undefined || !scenes) return undefined;
    const answer = type === 'which' ? nameOf(thing, language) : yesNo(thing === named, thing, language);
    return { media: { image: rng.pick(scenes), speech }, answer };
  }
}

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

/** Of the recordings that a picture helps to write down. */
const drownedShare = 0.7;

/** Recordings by what is said in them. */
export class Recordings {
  readonly #firings: Firings['recordings'];
  readonly #byText: ReadonlyMap<string, readonly number[]>;
  readonly #byThing: ReadonlyMap<number | undefined, readonly number[]>;

  constructor(firings: Pick<Firings, 'recordings'>) {
    this.#firings = firings.recordings;
    const byText = Map.groupBy(usableRecordings(firings), (index) => this.text(index));
    this.#byText = byText;
    // Texts first: many recordings say the same.
    const texts = Map.groupBy(byText.keys(), thingIn);
    this.#byThing = new Map(
      [...texts].map(([thing, all]) => [thing, all.flatMap((text) => byText.get(text) ?? [])]),
    );
  }

  /** Everything that is said somewhere. */
  get texts(): readonly string[] {
    return [...this.#byText.keys()];
  }

  text(index: number): string {
    return this.#firings[index]?.text ?? '';
  }

  /** One in which just this is said. */
  saying(text: string, rng: Rng): number | undefined {
    const all = this.#byText.get(text);
    return all && rng.pick(all);
  }

  /** One that names the thing, mostly in loud noise: where all can be heard a picture teaches nothing. */
  about(thing: number, rng: Rng): number | undefined {
    const all = this.#byThing.get(thing);
    const drowned = all?.filter((index) => this.#firings[index]?.pass === 'drown') ?? [];
    return all && rng.pick(drowned.length > 0 && rng.chance(drownedShare) ? drowned : all);
  }
}

/** Lower case, with single spaces around and in place of everything that is not written in letters. */
const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** Names, the longest first: "polar bear" is no bear. English ones are whole words. */
const names = (['en', 'zh'] as const).flatMap((language: Language) =>
  world
    .map((thing, index) => ({ index, name: plain(nameOf(thing, language)) }))
    .map(({ index, name }) => ({ index, name: language === 'en' ? name : name.trim() }))
    .sort((a, b) => b.name.length - a.name.length),
);

/** The thing that a sentence names; of several, the one with the longest name. */
export function thingIn(text: string): number | undefined {
  const words = plain(text);
  return names.find(({ name }) => words.includes(name))?.index;
}
