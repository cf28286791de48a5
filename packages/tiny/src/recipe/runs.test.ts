import { expect, test } from 'vitest';
import { recipe } from './index.ts';
import { stages, wholeRecipe, without } from './runs.ts';

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
