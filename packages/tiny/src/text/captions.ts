/**
 * Short texts that say what a picture shows. Stage 1 pairs pictures with them; while the language model is trained they
 * stand in the image slot, so that it learns to answer from whatever stands there, complete or not.
 */
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, type Thing } from '../data/world.ts';
import { colours } from './colours.ts';
import { withArticle } from './english.ts';
import type { Facts } from './facts.ts';
import { slip } from './noise.ts';

/** The caption of stage 1: the name. */
export function captionFor(thing: Thing, language: Language): string {
  return nameOf(thing, language);
}

/** A fuller caption of stage 1: name, with category or tags, in one language. */
export function captionVariant(thing: Thing, language: Language, rng: Rng): string {
  const name = nameOf(thing, language);
  const kind = rng.next();
  if (kind < 0.55) return name;
  if (kind < 0.8)
    return language === 'en' ? `${name}, ${thing.subgroup.en}` : `${name}，${thing.subgroup.zh}`;
  if (language === 'en') return kind < 0.9 ? withArticle(name) : `a picture of ${withArticle(name)}`;
  return kind < 0.9 ? `一张${name}的图片` : `${name}的图片`;
}

const counts = { en: ['', 'one', 'two', 'three'], zh: ['', '一个', '两个', '三个'] } as const;

/** What stands in the image slot for these facts: in either language or both, with more or less around the name. */
export function slotCaption(facts: Facts, rng: Rng): string {
  const language: Language = rng.chance(0.5) ? 'en' : 'zh';
  const name = (thing: Thing): string =>
    rng.chance(0.35)
      ? rng.shuffle([thing.en, thing.zh]).join(rng.pick([' ', ' / ', ', ']))
      : nameOf(thing, language);
  let text: string;
  if (facts.kind === 'pair' && facts.right) {
    const [a, b] = [name(facts.thing), name(facts.right)];
    text =
      language === 'en'
        ? rng.pick([
            `left: ${a}, right: ${b}`,
            `${a} left, ${b} right`,
            `${a} | ${b}`,
            `left ${a} right ${b}`,
          ])
        : rng.pick([`左：${a}，右：${b}`, `左边${a}，右边${b}`, `${a} | ${b}`, `左${a} 右${b}`]);
  } else if (facts.kind === 'count') {
    const word = counts[language][facts.count] ?? '';
    const n = name(facts.thing);
    text = rng.pick([
      `${facts.count} × ${n}`,
      `${word} ${n}`,
      `${n}, ${word}`,
      `${n} ${facts.count}`,
      Array.from({ length: facts.count }, () => nameOf(facts.thing, language)).join(' '),
    ]);
  } else {
    text = single(facts, name(facts.thing), language, rng);
  }
  if (facts.colour) {
    const colour = colours[facts.colour][language];
    text = rng.pick([
      `${text}; ${colour}`,
      `${colour}: ${text}`,
      `${text} (${colour})`,
      `${colour}, ${text}`,
    ]);
  }
  if (language === 'en' && rng.chance(0.08)) text = slip(text, rng);
  return text;
}

/** What stands in the image slot when nothing is left to chance: all that is known, in one language. */
export function trueCaption(facts: Facts, language: Language): string {
  const name = nameOf(facts.thing, language);
  if (facts.kind === 'pair' && facts.right) {
    const right = nameOf(facts.right, language);
    return language === 'en' ? `left: ${name}, right: ${right}` : `左：${name}，右：${right}`;
  }
  const text = facts.kind === 'count' ? `${facts.count} × ${name}` : name;
  return facts.colour ? `${text}; ${colours[facts.colour][language]}` : text;
}

function single(facts: Facts, name: string, language: Language, rng: Rng): string {
  const { thing } = facts;
  const tags = language === 'en' ? thing.tagsEn : thing.tagsZh;
  const some = rng.shuffle([...tags]).slice(0, 1 + rng.int(4));
  const kind = rng.next();
  if (kind < 0.5) return name;
  if (kind < 0.62) return `${name}; ${thing.subgroup[language]}`;
  if (kind < 0.72) return `${thing.subgroup[language]}: ${name}`;
  if (kind < 0.86) return [name, ...some].join(language === 'en' ? ', ' : '、');
  if (kind < 0.93) return rng.shuffle([name, thing.subgroup[language], ...some]).join(' ');
  return language === 'en'
    ? rng.pick([`a picture of ${name}`, `${name} on white`, `emoji ${name}`])
    : rng.pick([`一张${name}的图片`, `白色背景的${name}`, `${name}图标`]);
}
