/**
 * The world the tiny model knows: 861 things with English and Chinese names, tags, category and gloss.
 * The list is `generated/world.json` (see generate-world.ts), so evaluation and tests need no data package.
 */

import generated from './generated/world.json' with { type: 'json' };
import { type Group, groups, type Subgroup, subgroups } from './subgroups.ts';

export interface Thing {
  /** Place in `world`, 0…860, in Unicode's order: the class label. */
  readonly id: number;
  /** Code points as in emojibase, upper case, joined by '-'. */
  readonly hexcode: string;
  /** Emojibase's label, unchanged: unique. */
  readonly en: string;
  readonly zh: string;
  readonly group: Group;
  readonly subgroup: Subgroup;
  readonly tagsEn: readonly string[];
  readonly tagsZh: readonly string[];
  /** WordNet's definition of the name, when one of a fitting sense exists. */
  readonly gloss: string | null;
}

export type Language = 'en' | 'zh';

/** `[hexcode, group, subgroup, en, zh, tagsEn, tagsZh, gloss]` */
type Row = readonly [
  string,
  number,
  number,
  string,
  string,
  readonly string[],
  readonly string[],
  string | null,
];

function known<T>(table: Readonly<Record<number, T>>, key: number, what: string): T {
  const value = table[key];
  if (value === undefined) throw new Error(`world: ${what} ${key} has no name in subgroups.ts`);
  return value;
}

export const world: readonly Thing[] = (generated.things as unknown as readonly Row[]).map((row, id) => ({
  id,
  hexcode: row[0],
  group: known(groups, row[1], 'group'),
  subgroup: known(subgroups, row[2], 'subgroup'),
  en: row[3],
  zh: row[4],
  tagsEn: row[5],
  tagsZh: row[6],
  gloss: row[7],
}));

const byName = new Map<string, Thing>();
for (const thing of world) {
  byName.set(normaliseName(thing.en), thing);
  byName.set(normaliseName(thing.zh), thing);
}

/** The thing with this class label. @throws RangeError outside 0…860. */
export function thingAt(id: number): Thing {
  const thing = world[id];
  if (!thing) throw new RangeError(`there is no thing ${id}: ids are 0…${world.length - 1}`);
  return thing;
}

/** Finds a thing by its English or Chinese name, whatever the case, apostrophes and outer punctuation. */
export function thingNamed(name: string): Thing | undefined {
  return byName.get(normaliseName(name));
}

/** The form in which names are compared: lower case, plain apostrophe, single spaces, no outer punctuation. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\s"“”'。.!！?？,，]+|[\s"“”'。.!！?？,，]+$/g, '');
}

export function nameOf(thing: Thing, language: Language): string {
  return thing[language];
}
