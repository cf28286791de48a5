/** True answers about a thing, in either language. Short: the small language model has to say them. */
import type { Language, Thing } from '../data/world.ts';
import { sentence, withArticle } from './english.ts';

/** '{x}' in a question: the bare name in Chinese, with its article in English. */
export function nameInSentence(thing: Thing, language: Language): string {
  return language === 'en' ? withArticle(thing.en) : thing.zh;
}

export function categoryAnswer(thing: Thing, language: Language): string {
  return thing.subgroup[language];
}

/** "A fox: mammal. An alert carnivorous mammal …" cut to a definition of at most `maxWords`. */
export function describeAnswer(thing: Thing, language: Language, maxWords = 14): string {
  if (language === 'zh') {
    const tags = thing.tagsZh.filter((tag) => tag !== thing.zh && !thing.zh.includes(tag)).slice(0, 3);
    const about = tags.length > 0 ? `，和${tags.join('、')}有关` : '';
    return `这是${thing.zh}，属于${thing.subgroup.zh}${about}。`;
  }
  const head = `This is ${withArticle(thing.en)}, ${thing.subgroup.enPhrase}`;
  if (thing.gloss && thing.gloss.split(' ').length <= maxWords) return `${head}: ${thing.gloss}.`;
  const names = new Set(thing.en.split(/[ -]/));
  const tags = thing.tagsEn.filter((tag) => !names.has(tag)).slice(0, 3);
  return tags.length > 0 ? `${head}. It has to do with ${listed(tags)}.` : `${head}.`;
}

/** Without a picture: "A fox is a mammal: alert carnivorous …". */
export function defineAnswer(thing: Thing, language: Language): string {
  if (language === 'zh') return describeAnswer(thing, 'zh').replace(/^这是/, '').replace('，属于', '属于');
  return describeAnswer(thing, 'en')
    .replace(/^This is (.*?), (?=[a-z])/, (_, name: string) => `${sentence(name)}: `)
    .replace(/: ([^:]*): /, ': $1, ');
}

export function yesNo(yes: boolean, thing: Thing, language: Language): string {
  if (language === 'zh') return yes ? `是的，这是${thing.zh}。` : `不是，这是${thing.zh}。`;
  return `${yes ? 'Yes' : 'No'}, it is ${withArticle(thing.en)}.`;
}

export function useAnswer(use: string, language: Language): string {
  return language === 'en' ? `It is used for ${use}.` : `用来${use}。`;
}

const numbers = { en: ['zero', 'one', 'two', 'three'], zh: ['零个', '一个', '两个', '三个'] } as const;

export function countAnswer(count: number, language: Language): string {
  const word = numbers[language][count];
  if (word === undefined) throw new RangeError(`countAnswer: 0–3, got ${count}`);
  return word;
}

export function describePair(left: Thing, right: Thing, language: Language): string {
  return language === 'en'
    ? `${sentence(withArticle(left.en))} on the left and ${withArticle(right.en)} on the right.`
    : `左边是${left.zh}，右边是${right.zh}。`;
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
