import { expect, test } from 'vitest';
import { AdamW, type AdamWOptions, decayByName, decayMatrices, globalNorm } from './adamw.ts';
import { ParameterStore } from './parameter-store.ts';

function updated(options: AdamWOptions, gradient: readonly number[], rate = 0.1, scale = 1): number[] {
  const store = new ParameterStore({ seed: 1 });
  const { data } = store.set('w', [1, 2], Float32Array.of(1, -2));
  new AdamW(options).update(store, new Map([['w', Float32Array.from(gradient)]]), rate, scale);
  return [...data];
}

test('the first update moves every value by the rate, whatever the size of its gradient', () => {
  const [a, b] = updated({ weightDecay: 0 }, [1e-3, -50]);
  expect(a).toBeCloseTo(0.9, 4);
  expect(b).toBeCloseTo(-1.9, 6);
});

test('decay shrinks the value by rate × decay, apart from the gradient', () => {
  expect(updated({ weightDecay: 0.5 }, [0, 0])).toEqual([Math.fround(0.95), Math.fround(-1.9)]);
  expect(updated({ weightDecay: 0.5, decays: () => false }, [0, 0])).toEqual([1, -2]);
});

test('scale multiplies the gradients', () => {
  expect(updated({ epsilon: 1 }, [4, 2], 0.1, 0.5)).toEqual(updated({ epsilon: 1 }, [2, 1]));
});

test('a parameter without a gradient is not touched, not even by decay', () => {
  const store = new ParameterStore({ seed: 1 });
  const { data } = store.set('w', [2, 2], Float32Array.of(1, 2, 3, 4));
  new AdamW().update(store, new Map(), 0.1);
  expect([...data]).toEqual([1, 2, 3, 4]);
});

test('which parameters decay', () => {
  expect(decayMatrices('fc.weight', [2, 2])).toBe(true);
  expect(decayMatrices('norm.weight', [2])).toBe(false);
  const byName = (name: string, shape = [2, 2]) => decayByName(name, shape);
  expect(['fc1.weight', 'query_tokens'].map((name) => byName(name))).toEqual([true, true]);
  expect(['bias_table', 'vln_proj.weight', 'bn.weight'].map((name) => byName(name))).toEqual([
    false,
    false,
    false,
  ]);
  expect(byName('fc1.weight', [2])).toBe(false);
});

test('the norm is over all gradients together', () => {
  expect(
    globalNorm(
      new Map([
        ['a', Float32Array.of(3, 0)],
        ['b', Float32Array.of(4)],
      ]),
    ),
  ).toBe(5);
});
