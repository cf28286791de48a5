/** What is true of a picture (or of the caption that stands for it), and a question about it with its answer. */
import type { Scene } from '../data/augment/scene.ts';
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, type Thing, thingAt, world } from '../data/world.ts';
import {
  categoryAnswer,
  countAnswer,
  describeAnswer,
  describePair,
  nameInSentence,
  useAnswer,
  yesNo,
} from './answers.ts';
import { type ColourId, colours } from './colours.ts';
import { sentence } from './english.ts';
import { kinds } from './kinds.ts';
import { type Manner, typed } from './noise.ts';
import { canonicalQuestion, type PictureQuestionType, questions } from './questions.ts';
import { useOf } from './uses.ts';

export interface Facts {
  readonly kind: Scene['kind'];
  /** The thing; of a pair the left one. */
  readonly thing: Thing;
  /** The right one of a pair. */
  readonly right?: Thing;
  readonly count: number;
  /** Null when it is not clear or not known. */
  readonly colour: ColourId | null;
}

export interface Example {
  readonly type: PictureQuestionType;
  readonly language: Language;
  readonly question: string;
  readonly answer: string;
}

export function factsOf(scene: Scene, colour: ColourId | null): Facts {
  const [first, second] = scene.items;
  if (!first) throw new RangeError('a scene has at least one item');
  const right = scene.kind === 'pair' && second ? { right: thingAt(second.thing) } : {};
  return { kind: scene.kind, thing: thingAt(first.thing), ...right, count: scene.items.length, colour };
}

/** How often each question is asked of each kind of scene; those that make no sense are left out when drawing. */
const weights: Readonly<Record<Scene['kind'], readonly (readonly [PictureQuestionType, number])[]>> = {
  single: [
    ['name', 0.25],
    ['describe', 0.07],
    ['category', 0.07],
    ['colour', 0.1],
    ['isIt', 0.22], // whether two names are the same is learnt late
    ['isA', 0.12],
    ['which', 0.05],
    ['translate', 0.07],
    ['use', 0.05],
  ],
  pair: [
    ['left', 0.45],
    ['right', 0.45],
    ['describe', 0.1],
  ],
  count: [
    ['count', 0.65],
    ['name', 0.2],
    ['category', 0.05],
    ['isIt', 0.1],
  ],
};

/** What may be asked of the facts, and how often. */
const possibleQuestions = (facts: Facts, language: Language) =>
  weights[facts.kind].filter(
    ([type]) =>
      (type !== 'colour' || facts.colour !== null) &&
      (type !== 'use' || useOf(facts.thing, language) !== undefined),
  );

/** A question about the facts, in a random type, language and wording, with its answer. */
export function ask(facts: Facts, rng: Rng, manner: Manner = 'typed'): Example {
  const language = eitherLanguage(rng);
  const possible = possibleQuestions(facts, language);
  let left = rng.next() * possible.reduce((sum, [, weight]) => sum + weight, 0);
  const drawn = possible.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  return askAbout(facts, drawn?.[0] ?? 'name', language, rng, manner);
}

/** A question of a wanted type, in a random language and wording; undefined where it makes no sense of the facts. */
export function askWanted(
  facts: Facts,
  wanted: PictureQuestionType,
  rng: Rng,
  manner: Manner = 'typed',
): Example | undefined {
  const language = eitherLanguage(rng);
  if (!possibleQuestions(facts, language).some(([type]) => type === wanted)) return undefined;
  return askAbout(facts, wanted, language, rng, manner);
}

export const eitherLanguage = (rng: Rng): Language => (rng.chance(0.5) ? 'en' : 'zh');

/** A question of one type. */
export function askAbout(
  facts: Facts,
  type: PictureQuestionType,
  language: Language,
  rng: Rng,
  manner: Manner = 'typed',
): Example {
  const { thing } = facts;
  const asked = (slots: Record<string, string> = {}): string => {
    const template =
      manner === 'canonical' ? canonicalQuestion(type, language) : rng.pick(questions[language][type]);
    const text = template.replace(/\{(\w)\}/g, (_, key: string) => slots[key] ?? '');
    return manner === 'typed' ? typed(text, language, rng) : sentence(text);
  };
  const made = (question: string, answer: string): Example => ({ type, language, question, answer });
  switch (type) {
    case 'name':
      return made(asked(), nameOf(thing, language));
    case 'describe':
      return made(
        asked(),
        facts.right ? describePair(thing, facts.right, language) : describeAnswer(thing, language),
      );
    case 'category':
      return made(asked(), categoryAnswer(thing, language));
    case 'colour':
      if (!facts.colour) throw new RangeError('askAbout: the colour is not known');
      return made(asked(), colours[facts.colour][language]);
    case 'isIt': {
      const yes = rng.chance(0.5);
      const about = yes ? thing : otherThan(thing, rng);
      return made(asked({ x: nameInSentence(about, language) }), yesNo(yes, thing, language));
    }
    case 'isA': {
      const kind = pickKind(thing, rng.chance(0.5), rng);
      return made(asked({ k: kind[language] }), yesNo(kind.has(thing), thing, language));
    }
    case 'which': {
      const names = rng.shuffle([thing, otherThan(thing, rng)]).map((one) => nameInSentence(one, language));
      return made(asked({ x: names[0] ?? '', y: names[1] ?? '' }), nameOf(thing, language));
    }
    case 'translate':
      return made(asked(), nameOf(thing, language === 'en' ? 'zh' : 'en'));
    case 'use': {
      const use = useOf(thing, language);
      if (use === undefined) throw new RangeError(`askAbout: no use is known for ${thing.en}`);
      return made(asked(), useAnswer(use, language));
    }
    case 'left':
      return made(asked(), nameOf(thing, language));
    case 'right':
      if (!facts.right) throw new RangeError('askAbout: there is nothing on the right');
      return made(asked(), nameOf(facts.right, language));
    case 'count':
      return made(asked(), countAnswer(facts.count, language));
  }
}

const bySubgroup = new Map<string, Thing[]>();
for (const thing of world) {
  bySubgroup.set(thing.subgroup.key, [...(bySubgroup.get(thing.subgroup.key) ?? []), thing]);
}

/** Another thing: half the time a near one, of the same subgroup. */
export function otherThan(thing: Thing, rng: Rng): Thing {
  const near = bySubgroup.get(thing.subgroup.key) ?? [];
  const list = rng.chance(0.5) && near.length > 1 ? near : world;
  for (;;) {
    const other = rng.pick(list);
    if (other !== thing) return other;
  }
}

/** A kind that holds of the thing, or one that does not; its own category when no wider kind fits. */
export function pickKind(
  thing: Thing,
  yes: boolean,
  rng: Rng,
): { en: string; zh: string; has: (t: Thing) => boolean } {
  const own = {
    en: thing.subgroup.enPhrase,
    zh: thing.subgroup.zh,
    has: (t: Thing): boolean => t.subgroup === thing.subgroup,
  };
  const fitting = kinds.filter((kind) => kind.has(thing) === yes);
  if (yes) return fitting.length > 0 && rng.chance(0.7) ? rng.pick(fitting) : own;
  return rng.pick(fitting);
}
