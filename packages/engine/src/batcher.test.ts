import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher.ts';

describe('Batcher', () => {
  it('runs together what comes together, and while a run is under way, in order', async () => {
    const runs: (readonly number[])[] = [];
    const batcher = new Batcher<number, number>(async (inputs) => {
      runs.push(inputs);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return inputs.map((input) => 10 * input);
    }, 3);
    const first = [1, 2].map((input) => batcher.add(input));
    await new Promise((resolve) => setImmediate(resolve));
    const later = [3, 4, 5, 6].map((input) => batcher.add(input));
    expect(await Promise.all([...first, ...later])).toEqual([10, 20, 30, 40, 50, 60]);
    expect(runs).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('fails those of a failed run only', async () => {
    const batcher = new Batcher<number, number>(async (inputs) => {
      if (inputs.includes(0)) throw new Error('zero');
      return inputs;
    }, 1);
    const results = await Promise.allSettled([0, 1].map((input) => batcher.add(input)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
