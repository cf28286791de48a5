import { expect, test } from 'vitest';
import { createRandom, seedOf } from './random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 4 }, createRandom(seed).uniform);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(seedOf(1, 'a')).toBe(seedOf(1, 'a'));
  expect(
    new Set([seedOf(1, 'a'), seedOf(1, 'b'), seedOf(2, 'a'), seedOf(12, 'a'), seedOf(1, '2a')]).size,
  ).toBe(5);
});

test('normal numbers have mean 0 and variance 1, integers stay below their bound', () => {
  const random = createRandom(3);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03); // four standard errors
  expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  expect(new Set(Array.from({ length: 200 }, () => random.integer(3)))).toEqual(new Set([0, 1, 2]));
});
