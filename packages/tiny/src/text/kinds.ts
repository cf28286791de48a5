/** Kinds wider than a subgroup, for yes-or-no questions that cut across the categories. */
import type { Thing } from '../data/world.ts';

export interface Kind {
  readonly en: string;
  readonly zh: string;
  readonly has: (thing: Thing) => boolean;
}

const of =
  (...keys: readonly string[]) =>
  (thing: Thing): boolean =>
    keys.includes(thing.subgroup.key);

const notAnimals = new Set([
  'paw prints',
  'feather',
  'wing',
  'pig nose',
  'spider web',
  'microbe',
  'coral',
  'spiral shell',
]);

export const kinds: readonly Kind[] = [
  {
    en: 'an animal',
    zh: '动物',
    has: (t) => of('mammal', 'bird', 'amphibian', 'reptile', 'marine', 'bug')(t) && !notAnimals.has(t.en),
  },
  { en: 'a plant', zh: '植物', has: of('flower', 'plant') },
  { en: 'something to eat', zh: '吃的东西', has: of('fruit', 'vegetable', 'dish', 'asian-food', 'sweet') },
  { en: 'something to drink', zh: '喝的东西', has: of('drink') },
  { en: 'a building', zh: '建筑', has: of('building', 'temple') },
  { en: 'a musical instrument', zh: '乐器', has: of('instrument') },
  { en: 'something to wear', zh: '穿戴的东西', has: of('clothing') },
  { en: 'a tool', zh: '工具', has: of('tool') },
  { en: 'a fruit', zh: '水果', has: of('fruit') },
  { en: 'a vegetable', zh: '蔬菜', has: of('vegetable') },
  { en: 'a bird', zh: '鸟', has: (t) => of('bird')(t) && !notAnimals.has(t.en) },
  { en: 'a flower', zh: '花', has: of('flower') },
];
