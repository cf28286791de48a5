/** What the language model is asked about pictures. */
import type { Rng } from '../data/rng.ts';
import { world } from '../data/world.ts';
import { slotCaption } from './captions.ts';
import { type ColourId, colours } from './colours.ts';
import { ask, type Facts, otherThan } from './facts.ts';
import type { TextExample } from './rounds.ts';

/** Questions about one picture; sometimes after others, about it or about an earlier picture. */
export function pictureExample(rng: Rng): TextExample {
  const facts = imaginedFacts(rng);
  const image = slotCaption(facts, rng);
  const { language, question, answer } = ask(facts, rng);
  if (!rng.chance(0.15)) return { language, rounds: [{ image, question, answer }] };
  if (rng.chance(0.5)) {
    const { question: first, answer: said } = ask(facts, rng);
    return {
      language,
      rounds: [
        { image, question: first, answer: said },
        { question, answer },
      ],
    };
  }
  const earlier = imaginedFacts(rng);
  const { question: first, answer: said } = ask(earlier, rng);
  return {
    language,
    rounds: [
      { image: slotCaption(earlier, rng), question: first, answer: said },
      { image, question, answer },
    ],
  };
}

const colourIds = Object.keys(colours) as ColourId[];

/** Facts without a picture: any thing, any colour. */
export function imaginedFacts(rng: Rng): Facts {
  const thing = rng.pick(world);
  const kind = rng.next();
  const colour = rng.chance(0.2) ? rng.pick(colourIds) : null;
  if (kind < 0.12) return { kind: 'pair', thing, right: otherThan(thing, rng), count: 2, colour: null };
  if (kind < 0.22) return { kind: 'count', thing, count: 1 + rng.int(3), colour };
  return { kind: 'single', thing, count: 1, colour };
}
