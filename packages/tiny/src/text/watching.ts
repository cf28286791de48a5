/** What the language model is asked about clips. */
import type { Rng } from '../data/rng.ts';
import { motions } from '../data/video/motions.ts';
import { world } from '../data/world.ts';
import { eitherLanguage } from './facts.ts';
import { videoCaption } from './frames.ts';
import { askAnyOfClip, type ClipFacts } from './motions.ts';
import type { TextExample } from './rounds.ts';

/** Any thing, doing anything. */
export const imaginedClip = (rng: Rng): ClipFacts => ({ thing: rng.pick(world), motion: rng.pick(motions) });

export function videoExample(rng: Rng): TextExample {
  const facts = imaginedClip(rng);
  const { language, question, answer } = askAnyOfClip(facts, eitherLanguage(rng), rng);
  return { language, rounds: [{ video: videoCaption(facts, rng), question, answer }] };
}
