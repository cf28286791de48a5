/** A picture with the questions asked about it. */
import type { Language, Thing } from '../data/world.ts';
import type { Facts } from '../text/facts.ts';
import type { PictureQuestionType } from '../text/questions.ts';

export interface Sample {
  /** What stands in the picture; of a pair the left thing. */
  readonly thing: Thing;
  readonly style: string;
  /** What the picture shows, for whoever is told instead. */
  readonly facts: Facts;
  /** The picture as a client would upload it: PNG, WebP, JPEG … */
  file(): Promise<Uint8Array>;
  readonly asks: readonly Ask[];
}

export interface Ask {
  readonly type: PictureQuestionType;
  readonly language: Language;
  readonly question: string;
  /** The answer the model is trained to give. */
  readonly expected: string;
}

export interface Answered extends Ask {
  readonly thing: Thing;
  readonly style: string;
  readonly answer: string;
}

export const languages = ['en', 'zh'] as const satisfies readonly Language[];
