/** What is said in the recordings that stage 3 learns from: by its words, by the thing it names, by what it asks. */
import { type Language, nameOf, type Rng, world } from '../data/index.ts';
import { type NamingQuestion, otherThan, readNamingQuestion, yesNo } from '../text/index.ts';
import type { SceneFeatures } from './features.ts';
import { type Firings, usableRecordings } from './firings.ts';
import type { Asked } from './media-lesson.ts';

/** What is shown and said, and what is to be answered. */
export type Spoken = Pick<Asked, 'media' | 'answer'>;

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

/**
 * Questions that name things: which of two it is, or whether it is that. There are too many to be recorded all, so that a
 * scene would hardly ever find its own; here the recording comes first.
 */
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
