import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFetched } from './fetch.ts';
import { worldFile, worldJson } from './generate-world.ts';
import { trainingPackages } from './packages.ts';
import { traits } from './traits.ts';
import { normaliseName, thingAt, thingNamed, world } from './world.ts';

describe('the world', () => {
  it('has 861 things, numbered in order', () => {
    expect(world).toHaveLength(861);
    expect(world.map((thing) => thing.id)).toEqual([...Array(861).keys()]);
  });

  it.each(['en', 'zh'] as const)('has a name of its own for each thing (%s)', (language) => {
    const names = world.map((thing) => normaliseName(thing[language]));
    expect(new Set(names).size).toBe(861);
    expect(names.filter((name) => name === '' || /[:;_]/.test(name))).toEqual([]);
  });

  it('spreads over five groups and 49 subgroups', () => {
    const count = (key: string): number => world.filter((thing) => thing.group.key === key).length;
    expect(count('animals-nature')).toBe(160);
    expect(count('food-drink')).toBe(131);
    expect(count('travel-places')).toBe(219);
    expect(count('activities')).toBe(85);
    expect(count('objects')).toBe(266);
    expect(new Set(world.map((thing) => thing.subgroup.key)).size).toBe(49);
  });

  it('finds a thing by either name, however it is written', () => {
    expect(thingNamed(' Red Apple. ')?.zh).toBe('红苹果');
    expect(thingNamed('红苹果')?.en).toBe('red apple');
    expect(thingNamed("five o'clock")?.en).toBe('five o’clock');
    expect(thingNamed('no such thing')).toBeUndefined();
    expect(() => thingAt(861)).toThrow(/0…860/);
  });

  it('never mirrors or turns what then has another name', () => {
    const of = (name: string) => traits[thingNamed(name)?.id ?? -1];
    expect(of('three o’clock')).toMatchObject({ flip: false, rotation: 6 });
    expect(of('waning crescent moon')?.flip).toBe(false);
    expect(of('magnifying glass tilted left')?.flip).toBe(false);
    expect(of('green apple')?.colour).toBe(true);
    expect(of('fox')).toEqual({ flip: true, rotation: 35, colour: false });
  });
});

const fetched = isFetched(trainingPackages.emojibase) && isFetched(trainingPackages.wordnet);
it.skipIf(!fetched)(
  'is what its generator writes (skipped until the recipe has fetched the packages)',
  async () => {
    expect(await worldJson()).toBe(readFileSync(worldFile, 'utf8'));
  },
);
