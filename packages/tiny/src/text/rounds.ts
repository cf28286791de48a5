/** Conversations as the language model learns them: text stands where the embeddings of media will. */
import type { Language } from '../data/world.ts';

/** What stands between the tags of the media of one round, as text. */
export interface Slots {
  readonly image?: string;
  readonly video?: string;
  readonly speech?: string;
}

/** A question and its answer, with the media that came with the question. */
export interface Round extends Slots {
  readonly question: string;
  readonly answer: string;
}

/** A conversation; its last answer is what is learnt. */
export interface TextExample {
  readonly language: Language;
  readonly rounds: readonly [...Round[], Round];
}
