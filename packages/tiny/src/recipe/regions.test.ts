import { imageTokens } from '@x-llm/models';
import { noLabel } from '@x-llm/train';
import { expect, test } from 'vitest';
import { pairScene, Rng } from '../data/index.ts';
import { encoderConfig } from './config.ts';
import { regionQuestions } from './regions.ts';

const tokens = imageTokens(encoderConfig);
const single = {
  kind: 'single',
  keepColour: false,
  items: [{ thing: 7, style: 0, x: 0.5, y: 0.5, width: 1 }],
} as const;

test('one thing: all tokens alike, and no second question', () => {
  const { regions, labels } = regionQuestions([{ ...single, items: [...single.items] }], encoderConfig);
  expect(labels.data).toEqual(BigInt64Array.of(7n, BigInt(noLabel)));
  expect([...new Set(regions.data.subarray(0, tokens))]).toEqual([Math.fround(1 / tokens)]);
  expect([...new Set(regions.data.subarray(tokens))]).toEqual([0]);
});

test('a pair: the left one from the columns on the left, the right one from those on the right', () => {
  const { regions, labels } = regionQuestions([pairScene(3, 5, 0, 0, new Rng(1))], encoderConfig);
  expect([...labels.data]).toEqual([3n, 5n]);
  const side = encoderConfig.positionGrid;
  const all = Array.from({ length: side }, (_, column) => column);
  for (const [region, columns] of [all.slice(0, side / 2), all.slice(side / 2)].entries()) {
    const weights = [...regions.data.subarray(region * tokens, (region + 1) * tokens)];
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    expect(weights[0]).toBe(0); // the class token sees both sides
    const used = weights.slice(1).flatMap((weight, patch) => (weight > 0 ? [patch % side] : []));
    expect([...new Set(used)].sort()).toEqual(columns);
  }
});
