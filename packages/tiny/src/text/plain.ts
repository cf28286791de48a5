/** Questions that need no media. */
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, type Thing, world } from '../data/world.ts';
import { defineAnswer, nameInSentence, useAnswer } from './answers.ts';
import { smallTalk } from './chat.ts';
import { sentence } from './english.ts';
import { eitherLanguage, pickKind } from './facts.ts';
import { type Manner, typed } from './noise.ts';
import { questions, type TextQuestionType } from './questions.ts';
import type { Round } from './rounds.ts';
import { useOf } from './uses.ts';

const textWeights: readonly (readonly [TextQuestionType, number])[] = [
  ['translateName', 0.34],
  ['categoryOf', 0.13],
  ['isXA', 0.13],
  ['define', 0.18],
  ['usedFor', 0.09],
  ['fromTags', 0.05],
  ['chat', 0.08],
];

type PlainRound = Round & { readonly language: Language };

/** A question without media. */
export function plainRound(rng: Rng, manner: Manner = 'typed'): PlainRound {
  const language = eitherLanguage(rng);
  let left = rng.next();
  const drawn = textWeights.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  const type = drawn?.[0] ?? 'translateName';
  if (type === 'chat') return { language, ...smallTalk(language, rng, manner) };
  const thing = rng.pick(world);
  const use = useOf(thing, language);
  return plainAbout(thing, type === 'usedFor' && use === undefined ? 'define' : type, language, rng, manner);
}

function plainAbout(
  thing: Thing,
  type: Exclude<TextQuestionType, 'chat'>,
  language: Language,
  rng: Rng,
  manner: Manner,
): PlainRound {
  const template = rng.pick(questions[language][type]);
  const made = (slots: Record<string, string>, answer: string): PlainRound => {
    const asked = sentence(template.replace(/\{(\w+)\}/g, (_, key: string) => slots[key] ?? ''));
    return { language, question: manner === 'typed' ? typed(asked, language, rng) : asked, answer };
  };
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
      if (tags.length < 3) return plainAbout(thing, 'translateName', language, rng, manner);
      return made({ tags: tags.join(language === 'en' ? ', ' : '、') }, nameOf(thing, language));
    }
  }
}
