/** The text the language model learns from, and the questions about pictures the interface learns from. */
import type { Scene } from '../data/augment/scene.ts';
import type { Pictures } from '../data/pictures.ts';
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, type Thing, world } from '../data/world.ts';
import { defineAnswer, nameInSentence, useAnswer } from './answers.ts';
import { slotCaption } from './captions.ts';
import { smallTalk } from './chat.ts';
import { type ColourId, colours, pictureColours } from './colours.ts';
import { sentence } from './english.ts';
import { ask, askWanted, type Example, type Facts, factsOf, otherThan, pickKind } from './facts.ts';
import { typed } from './noise.ts';
import { type PictureQuestionType, questions, type TextQuestionType } from './questions.ts';
import { useOf } from './uses.ts';

export interface TextExample {
  /** Stands between `<Image>` and `</Image>`; absent: a question without a picture. */
  readonly caption?: string;
  readonly language: Language;
  readonly question: string;
  readonly answer: string;
}

const textWeights: readonly (readonly [TextQuestionType, number])[] = [
  ['translateName', 0.34],
  ['categoryOf', 0.13],
  ['isXA', 0.13],
  ['define', 0.18],
  ['usedFor', 0.09],
  ['fromTags', 0.05],
  ['chat', 0.08],
];

/**
 * One example for the language model. Three in four are captioned.
 *
 *     const { caption, question, answer } = textExample(new Rng(seed, step, i))
 */
export function textExample(rng: Rng, captioned = 0.75): TextExample {
  if (!rng.chance(captioned)) return plainExample(rng);
  const facts = imaginedFacts(rng);
  const { language, question, answer } = ask(facts, rng);
  return { caption: slotCaption(facts, rng), language, question, answer };
}

const colourIds = Object.keys(colours) as ColourId[];

/** Facts without a picture: any thing, any colour. */
function imaginedFacts(rng: Rng): Facts {
  const thing = rng.pick(world);
  const kind = rng.next();
  const colour = rng.chance(0.2) ? rng.pick(colourIds) : null;
  if (kind < 0.12) return { kind: 'pair', thing, right: otherThan(thing, rng), count: 2, colour: null };
  if (kind < 0.22) return { kind: 'count', thing, count: 1 + rng.int(3), colour };
  return { kind: 'single', thing, count: 1, colour };
}

function plainExample(rng: Rng): TextExample {
  const language: Language = rng.chance(0.5) ? 'en' : 'zh';
  let left = rng.next();
  const drawn = textWeights.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  const type = drawn?.[0] ?? 'translateName';
  if (type === 'chat') return { language, ...smallTalk(language, rng) };
  const thing = rng.pick(world);
  const use = useOf(thing, language);
  return plainAbout(thing, type === 'usedFor' && use === undefined ? 'define' : type, language, rng);
}

function plainAbout(
  thing: Thing,
  type: Exclude<TextQuestionType, 'chat'>,
  language: Language,
  rng: Rng,
): TextExample {
  const template = rng.pick(questions[language][type]);
  const made = (slots: Record<string, string>, answer: string): TextExample => ({
    language,
    question: typed(
      sentence(template.replace(/\{(\w+)\}/g, (_, key: string) => slots[key] ?? '')),
      language,
      rng,
    ),
    answer,
  });
  const x = type === 'translateName' ? nameOf(thing, language) : nameInSentence(thing, language);
  switch (type) {
    case 'translateName':
      return made({ x }, nameOf(thing, language === 'en' ? 'zh' : 'en'));
    case 'categoryOf':
      return made({ x }, thing.subgroup[language]);
    case 'isXA': {
      const kind = pickKind(thing, rng.chance(0.5), rng);
      const yes = kind.has(thing);
      return made(
        { x, k: kind[language] },
        language === 'en' ? (yes ? 'Yes.' : 'No.') : yes ? '是的。' : '不是。',
      );
    }
    case 'define':
      return made({ x }, defineAnswer(thing, language));
    case 'usedFor':
      return made({ x }, useAnswer(useOf(thing, language) ?? '', language));
    case 'fromTags': {
      const tags = rng.shuffle([...(language === 'en' ? thing.tagsEn : thing.tagsZh)]).slice(0, 4);
      if (tags.length < 3) return plainAbout(thing, 'translateName', language, rng);
      return made({ tags: tags.join(language === 'en' ? ', ' : '、') }, nameOf(thing, language));
    }
  }
}

/** A question about a scene, of a wanted type if one is given: undefined where that makes no sense of the scene. */
export type SceneQuestions = (scene: Scene, rng: Rng, wanted?: PictureQuestionType) => Example | undefined;

/**
 * Questions about pictures. The colour is asked only of scenes whose augmentation keeps it (`scene.keepColour`).
 *
 *     const question = pictureQuestions(pictures);  const { question: asked, answer } = question(scene, rng) ?? {}
 */
export function pictureQuestions(pictures: Pictures): SceneQuestions {
  const colourOf = pictureColours(pictures);
  return (scene, rng, wanted) => {
    const first = scene.items[0];
    const colour = first && scene.keepColour ? colourOf(first.style, first.thing) : null;
    const facts = factsOf(scene, colour);
    return wanted === undefined ? ask(facts, rng) : askWanted(facts, wanted, rng);
  };
}
