import { Tensor } from '@x-llm/ort';
import { expect, test } from 'vitest';
import { ParameterStore } from './parameter-store.ts';
import { regression, rows, runtime, temporaryDirectory, train } from './testing.ts';
import { TrainingStep } from './training-step.ts';

const frozenWeights = new Float32Array(8 * 4).map((_, i) => Math.sin(i));
const frozen = (name: string) =>
  name === 'inner.weight' ? { dtype: 'float32' as const, shape: [8, 4], data: frozenWeights } : undefined;

test('the gradients are those of finite differences', async () => {
  const store = new ParameterStore({
    seed: 3,
    initialise: (_, shape, random) =>
      new Float32Array(shape.reduce((a, b) => a * b, 1)).map(() => random.normal()),
  });
  using step = await TrainingStep.create({ runtime, name: 'test', store, build: regression(4) });
  const inputs = rows(0, 4);
  await step.run(inputs);
  const gradients = new Map([...step.gradients].map(([name, values]) => [name, values.slice()]));
  for (const { name, data } of store) {
    for (const i of [0, data.length - 1]) {
      const [before = 0, h] = [data[i], 1e-2];
      data[i] = before + h;
      const above = (await step.run(inputs)).loss;
      data[i] = before - h;
      const below = (await step.run(inputs)).loss;
      data[i] = before;
      expect(gradients.get(name)?.[i]).toBeCloseTo((above - below) / (2 * h), 3);
    }
  }
});

test('the store feeds the graph without a copy: what the optimiser writes is what the next run reads', async () => {
  const store = new ParameterStore({ seed: 3 });
  using step = await TrainingStep.create({ runtime, name: 'test', store, build: regression(4) });
  const inputs = { ...rows(0, 4), y: Tensor.zeros('float32', [4, 2]) };
  expect((await step.run(inputs)).loss).toBeGreaterThan(0);
  for (const { data } of store) data.fill(0);
  expect((await step.run(inputs)).loss).toBe(0);
});

test('what is frozen has no gradient, is not in the checkpoint, and keeps its bits', async () => {
  using folder = temporaryDirectory();
  const before = frozenWeights.slice();
  const { state } = await train({ directory: folder.path, steps: 3, frozen });
  expect(Object.keys(state).filter((name) => name.includes('inner.weight'))).toEqual([]);
  expect(Object.keys(state)).toContain('inner.bias');
  expect(frozenWeights).toEqual(before);
  const store = new ParameterStore({ seed: 3 });
  using step = await TrainingStep.create({ runtime, name: 'test', store, frozen, build: regression(4) });
  expect([...step.gradients.keys()]).toEqual(['inner.bias', 'outer.weight', 'outer.bias']);
});

test('a parameter the loss does not depend on is an error', async () => {
  const store = new ParameterStore({ seed: 3 });
  const build: Parameters<typeof TrainingStep.create>[0]['build'] = (graph, parameters) => {
    parameters.get('forgotten', [2]);
    return regression(4)(graph, parameters);
  };
  await expect(TrainingStep.create({ runtime, name: 'test', store, build })).rejects.toThrow(
    /does not depend on "forgotten"/,
  );
});

test('an aborted run rejects', async () => {
  const store = new ParameterStore({ seed: 3 });
  using step = await TrainingStep.create({ runtime, name: 'test', store, build: regression(4) });
  await expect(step.run(rows(0, 4), AbortSignal.abort())).rejects.toThrow(/cancelled/);
});
