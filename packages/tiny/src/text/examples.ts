/** The text the language model learns from, and the questions about pictures the interface learns from. */
import type { Scene } from '../data/augment/scene.ts';
import type { Pictures } from '../data/pictures.ts';
import type { Rng } from '../data/rng.ts';
import { pictureColours } from './colours.ts';
import { ask, askWanted, type Example, factsOf } from './facts.ts';
import { speechExample } from './hearing.ts';
import { pictureExample } from './looking.ts';
import type { Manner } from './noise.ts';
import { plainRound } from './plain.ts';
import type { PictureQuestionType } from './questions.ts';
import type { TextExample } from './rounds.ts';
import { videoExample } from './watching.ts';

/** What the examples are about, and how often. */
const shares = { picture: 0.38, plain: 0.11, speech: 0.38, video: 0.13 } as const;

/**
 * One example for the language model: text stands where pictures, clips and speech will.
 *
 *     const { rounds } = textExample(new Rng(seed, step, i))
 */
export function textExample(rng: Rng): TextExample {
  const kind = rng.next();
  if (kind < shares.picture) return pictureExample(rng);
  if (kind < shares.picture + shares.plain) {
    const { language, ...round } = plainRound(rng);
    return { language, rounds: [round] };
  }
  return kind < 1 - shares.video ? speechExample(rng) : videoExample(rng);
}

export interface SceneQuestionOptions {
  /** The type of the question; any, if left out. */
  readonly wanted?: PictureQuestionType | undefined;
  readonly manner?: Manner;
}

/** A question about a scene: undefined where that of the wanted type makes no sense of the scene. */
export type SceneQuestions = (scene: Scene, rng: Rng, options?: SceneQuestionOptions) => Example | undefined;

/**
 * Questions about pictures. The colour is asked only of scenes whose augmentation keeps it (`scene.keepColour`).
 *
 *     const question = pictureQuestions(pictures);  const { question: asked, answer } = question(scene, rng) ?? {}
 */
export function pictureQuestions(pictures: Pictures): SceneQuestions {
  const colourOf = pictureColours(pictures);
  return (scene, rng, { wanted, manner } = {}) => {
    const first = scene.items[0];
    const colour = first && scene.keepColour ? colourOf(first.style, first.thing) : null;
    const facts = factsOf(scene, colour);
    return wanted === undefined ? ask(facts, rng, manner) : askWanted(facts, wanted, rng, manner);
  };
}
