import { expect, test } from 'vitest';
import { thingNamed } from '../data/index.ts';
import { world } from '../data/world.ts';
import { isOfVideo } from './stage2.ts';
import { thingIn } from './stage3.ts';

const named = (text: string) => {
  const thing = thingIn(text);
  return thing === undefined ? undefined : world[thing]?.en;
};

test('finds the thing that a sentence names, in either language, and the longest name that fits', () => {
  expect(named('I see a polar bear.')).toBe('polar bear');
  expect(named('Bear')).toBe('bear');
  expect(named('这是狐狸。')).toBe('fox');
  expect(named('What is this?')).toBeUndefined();
  expect(named('It is a foxy colour.')).toBeUndefined(); // whole words only
});

test('every name is found in itself', () => {
  for (const thing of world)
    for (const name of [thing.en, thing.zh]) expect(named(name)).toBe(thingNamed(name)?.en ?? thing.en);
});

test('a video has queries and an adapter of its own, and shares the rest', () => {
  const names = ['video_query_tokens', 'video_proj.weight', 'query_tokens', 'llm_proj.weight', 'Qformer.x'];
  expect(names.filter(isOfVideo)).toEqual(['video_query_tokens', 'video_proj.weight']);
});
