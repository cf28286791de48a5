/** What people say into a microphone: names, short sentences, questions. */
import type { Rng } from '../data/rng.ts';
import { motions } from '../data/video/motions.ts';
import { type Language, nameOf, type Thing, world } from '../data/world.ts';
import { countAnswer, describePair, nameInSentence, yesNo } from './answers.ts';
import { smallTalk } from './chat.ts';
import { type ColourId, colours } from './colours.ts';
import { sentence } from './english.ts';
import { askAbout, otherThan, pickKind } from './facts.ts';
import { askAnyOfClip, eventAnswer } from './motions.ts';
import { type PictureQuestionType, pictureQuestionTypes } from './questions.ts';
import { useOf } from './uses.ts';

export interface Spoken {
  readonly text: string;
  readonly language: Language;
}

/**
 * A sentence of the world, as it is spoken: written with capitals and full stops, without slips of typing. `englishShare`
 * of them are English.
 */
export function spokenSentence(rng: Rng, englishShare = 0.5): Spoken {
  const language: Language = rng.chance(englishShare) ? 'en' : 'zh';
  const thing = rng.pick(world);
  const kind = rng.next();
  if (kind < 0.6) return { language, text: spokenAbout(thing, language, rng) };
  if (kind < 0.95) return { language, text: spokenQuestion(thing, language, rng) };
  return { language, text: smallTalk(language, rng, 'spoken').question };
}

/**
 * The same for training, where more sentences name two things: they are the ones that come out wrong, one name taking the
 * other's place. Evaluation keeps to `spokenSentence`.
 */
export function taughtSentence(rng: Rng, englishShare = 0.5, ofTwoShare = 0.15): Spoken {
  if (!rng.chance(ofTwoShare)) return spokenSentence(rng, englishShare);
  const language: Language = rng.chance(englishShare) ? 'en' : 'zh';
  return { language, text: sentenceOfTwo(rng.pick(world), language, rng) };
}

function sentenceOfTwo(thing: Thing, language: Language, rng: Rng): string {
  const right = otherThan(thing, rng);
  const kind = rng.next();
  if (kind < 0.5) {
    const facts = { kind: 'single', thing, count: 1, colour: null } as const;
    return askAbout(facts, 'which', language, rng, 'spoken').question;
  }
  if (kind < 0.8) return describePair(thing, right, language);
  const [x, y] = [nameInSentence(thing, language), nameInSentence(right, language)];
  return language === 'en' ? sentence(`${x} and ${y}.`) : `${x}和${y}。`;
}

/** The name of a thing, or something said about it. */
export function spokenAbout(thing: Thing, language: Language, rng: Rng): string {
  const kind = rng.next();
  if (kind < 0.42) return nameOf(thing, language);
  return kind < 0.83 ? statement(thing, language, rng) : command(thing, language, rng);
}

const colourIds = Object.keys(colours) as ColourId[];

/** A statement about a thing. */
function statement(thing: Thing, language: Language, rng: Rng): string {
  const x = nameInSentence(thing, language);
  const colour = colours[rng.pick(colourIds)][language];
  const other = otherThan(thing, rng);
  const number = 1 + rng.int(3);
  const said = rng.int(7);
  if (said === 0) return describePair(thing, other, language);
  if (said === 1) return yesNo(rng.chance(0.5), thing, language);
  if (said === 2) return eventAnswer({ thing, motion: rng.pick(motions) }, language);
  const en = () =>
    rng.pick([
      `This is ${x}.`,
      `I see ${x}.`,
      `There is ${x}.`,
      `It is ${x}.`,
      `I like ${x}.`,
      `Here is ${x}.`,
    ]);
  const zh = () =>
    rng.pick([`这是${x}。`, `我看到${x}。`, `这里有${x}。`, `我喜欢${x}。`, `图片里是${x}。`, `那是${x}。`]);
  if (said === 3) return language === 'en' ? `It is ${colour}.` : `它是${colour}的。`;
  if (said === 4) {
    const count = countAnswer(number, language);
    return language === 'en'
      ? `There ${number === 1 ? 'is' : 'are'} ${count}.`
      : `这里有${count}${thing.zh}。`;
  }
  return language === 'en' ? en() : zh();
}

/** Questions that somebody may speak instead of typing them; as they are written. */
function spokenQuestion(thing: Thing, language: Language, rng: Rng): string {
  if (rng.chance(0.15))
    return askAnyOfClip({ thing, motion: rng.pick(motions) }, language, rng, 'spoken').question;
  const type: PictureQuestionType = rng.chance(0.3) ? 'name' : rng.pick(pictureQuestionTypes);
  const useless = type === 'use' && useOf(thing, language) === undefined;
  const facts = { kind: 'single', thing, right: otherThan(thing, rng), count: 1, colour: 'red' } as const;
  return askAbout(facts, useless ? 'name' : type, language, rng, 'spoken').question;
}

function command(thing: Thing, language: Language, rng: Rng): string {
  const x = nameInSentence(thing, language);
  const kind = pickKind(thing, true, rng)[language];
  return sentence(
    language === 'en'
      ? rng.pick([
          `Show me ${x}.`,
          `Look for ${x}.`,
          `Find ${x} in the picture.`,
          `Tell me about ${x}.`,
          `What is ${x}?`,
          `How do you say ${x} in Chinese?`,
          `Is ${x} ${kind}?`,
        ])
      : rng.pick([
          `给我看${x}。`,
          `找一找${x}。`,
          `在图片里找${x}。`,
          `介绍一下${x}。`,
          `${x}是什么？`,
          `${x}用英语怎么说？`,
          `${x}是${kind}吗？`,
        ]),
  );
}
