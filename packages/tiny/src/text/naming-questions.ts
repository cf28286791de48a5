/** Questions that name what may be seen, read back from how they are written: whether it is a fox, or a fox or a wolf. */
import type { Language, Thing } from '../data/world.ts';
import { world } from '../data/world.ts';
import { nameInSentence } from './answers.ts';
import { questions } from './questions.ts';

export interface NamingQuestion {
  readonly type: 'isIt' | 'which';
  readonly language: Language;
  /** One for `isIt`, two for `which`. */
  readonly things: readonly Thing[];
}

const languages = ['en', 'zh'] as const;

/** As they are spoken, the first letter apart. */
const patterns = languages.flatMap((language) =>
  (['isIt', 'which'] as const).flatMap((type) =>
    questions[language][type].map((template) => {
      const parts = template.split(/\{[xy]\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return { language, type, pattern: new RegExp(`^${parts.join('(.+)')}$`, 'i') };
    }),
  ),
);

const named = (language: Language): ReadonlyMap<string, Thing> =>
  new Map(world.map((thing) => [nameInSentence(thing, language).toLowerCase(), thing]));
const byName = { en: named('en'), zh: named('zh') };

/** What the question names; undefined for every other question. The longest one that can be read: `which` before `isIt`. */
export function readNamingQuestion(text: string): NamingQuestion | undefined {
  const read = patterns.flatMap(({ language, type, pattern }): NamingQuestion[] => {
    const names = pattern.exec(text)?.slice(1);
    const things = names?.map((name) => byName[language].get(name.toLowerCase())) ?? [];
    return things.length > 0 && things.every((thing) => thing !== undefined)
      ? [{ type, language, things }]
      : [];
  });
  return read.sort((a, b) => b.things.length - a.things.length)[0];
}
