/** What people say to a model that looks at pictures, and what it answers: the text of speech training. */
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, world } from '../data/world.ts';
import { defineAnswer, describeAnswer, describePair, nameInSentence, yesNo } from './answers.ts';
import { smallTalkLine } from './chat.ts';
import { sentence } from './english.ts';
import { kinds } from './kinds.ts';
import { questions } from './questions.ts';

/** How often each sort of text is said. */
const sorts = [
  [0.2, name],
  [0.4, question],
  [0.3, answer],
  [0.1, (language: Language, rng: Rng) => smallTalkLine(language, rng)],
] as const satisfies readonly (readonly [number, (language: Language, rng: Rng) => string])[];

/**
 * Something to say, half in English and half in Chinese. It may hold what cannot be spoken as it is written, which
 * speech synthesis leaves out.
 *
 *     spokenText(new Rng(1)) // { text: 'Is this a fox?', language: 'en' }
 */
export function spokenText(rng: Rng): { text: string; language: Language } {
  const language = rng.chance(0.5) ? 'en' : 'zh';
  let left = rng.next();
  const drawn = sorts.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  return { text: (drawn ?? sorts[0])[1](language, rng), language };
}

function name(language: Language, rng: Rng): string {
  const thing = rng.pick(world);
  return rng.chance(0.5) ? nameOf(thing, language) : nameInSentence(thing, language);
}

function question(language: Language, rng: Rng): string {
  const { fromTags: _, ...wordings } = questions[language];
  const template = rng.pick(rng.pick(Object.values(wordings)));
  const slots: Readonly<Record<string, string>> = {
    x: nameInSentence(rng.pick(world), language),
    y: nameInSentence(rng.pick(world), language),
    k: rng.pick(kinds)[language],
  };
  return sentence(template.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? ''));
}

function answer(language: Language, rng: Rng): string {
  const thing = rng.pick(world);
  const other = rng.pick(world);
  const kind = rng.int(5);
  if (kind === 0) return describeAnswer(thing, language, 8);
  if (kind === 1) return describePair(thing, other, language);
  if (kind === 2) return yesNo(rng.chance(0.5), thing, language);
  if (kind === 3) return defineAnswer(thing, language);
  return language === 'en' ? `It is ${nameInSentence(thing, 'en')}.` : `这是${thing.zh}。`;
}
