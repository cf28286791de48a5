import { expect, test } from 'vitest';
import { fullSizes, sizesAt } from './config.ts';
import { recipe } from './index.ts';
import { recipeAt, stages, wholeRecipe, without } from './runs.ts';

const steps = Object.keys(recipe);

test('without a stage, its steps make no update, and what follows is trained again in a folder of its own', () => {
  for (const stage of stages) {
    const { runs, again, still } = without(stage);
    const first = steps.findIndex(again);
    expect(steps.some(still)).toBe(true);
    for (const step of steps) {
      if (still(step)) expect(again(step)).toBe(true);
      expect(runs(step)).toBe(again(step) ? `.xllm/runs/tiny/without-${stage}/${step}` : wholeRecipe(step));
    }
    expect(again(steps[first] ?? '')).toBe(true);
    expect(again('bundle')).toBe(true);
    for (const frozen of ['tokenizer', 'llm', 'encoder', 'features', 'clips', 'speech'])
      expect(again(frozen)).toBe(false);
  }
});

test('stage 3 is last: nothing but the bundle follows from it', () => {
  expect(steps.filter(without('stage3').again)).toEqual(['stage3', 'bundle']);
});

test('a share of the recipe has run folders of its own, and a share of everything', () => {
  expect(recipeAt(1)).toEqual({ runs: wholeRecipe, sizes: fullSizes });
  const { runs, sizes } = recipeAt(0.1);
  expect(runs('llm')).toBe('.xllm/runs/tiny-0.1/llm');
  expect(sizes.updates).toMatchObject({ llm: 520, encoder: 1400, stage3: 80 });
  expect(sizes).toMatchObject({ scenes: 19_968 + 64, clips: 2000 });
  expect(sizes.recordings).toEqual({ training: 10_000, validation: 1000 });
  const ablation = without('stage3', runs);
  expect([ablation.runs('stage3'), ablation.runs('stage2')]).toEqual([
    '.xllm/runs/tiny-0.1/without-stage3/stage3',
    '.xllm/runs/tiny-0.1/stage2',
  ]);
});

test('the whole is all of it, and the least is a batch', () => {
  expect(sizesAt(1)).toEqual(fullSizes);
  expect(sizesAt(1e-9)).toMatchObject({
    updates: { llm: 1, stage3: 1 },
    scenes: 64,
    clips: 8,
    recordings: { training: 500 },
  });
});
