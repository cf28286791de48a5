import { Tensor } from '@x-llm/ort';
import { expect, test } from 'vitest';
import { ParameterStore } from './parameter-store.ts';
import { partsOf } from './parts.ts';
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

test('a batch in parts has the loss and the gradients of the whole', async () => {
  const store = new ParameterStore({ seed: 3 });
  const inputs = rows(0, 12);
  using whole = await TrainingStep.create({ runtime, name: 'test', store, build: regression(12) });
  using inParts = await TrainingStep.create({ runtime, name: 'test', store, parts: 3, build: regression(4) });
  const { loss } = await whole.run(inputs);
  const first = await inParts.runParts(partsOf(inputs, 3));
  expect(first.loss).toBeCloseTo(loss, 6);
  for (const [name, values] of inParts.gradients) {
    expect([...values]).toEqual(
      [...(whole.gradients.get(name) ?? [])].map((value) => expect.closeTo(value, 6)),
    );
  }
  const gradients = [...inParts.gradients].map(([, values]) => values.slice());
  const again = await inParts.runParts(partsOf(inputs, 3));
  expect(again.loss).toBe(first.loss);
  expect([...inParts.gradients].map(([, values]) => values)).toEqual(gradients);

  const part = await inParts.run(rows(0, 4)); // a last batch may be smaller
  expect(part.loss).toBe((await inParts.runParts([rows(0, 4)])).loss);
  expect(part.loss).not.toBe(first.loss);
});

test('a part counts by its weight', async () => {
  const store = new ParameterStore({ seed: 3 });
  using step = await TrainingStep.create({ runtime, name: 'test', store, parts: 2, build: regression(4) });
  const parts = partsOf(rows(0, 8), 2);
  const alone: { loss: number; bias: ArrayLike<number> }[] = [];
  for (const part of parts) {
    const { loss } = await step.run(part);
    alone.push({ loss, bias: step.gradients.get('outer.bias')?.slice() ?? [] });
  }
  const { loss } = await step.runParts(parts, { weights: [1, 3] });
  const mean = (of: (one: (typeof alone)[number]) => number) =>
    alone.reduce((sum, one, index) => sum + of(one) * (index === 0 ? 0.25 : 0.75), 0);
  expect(loss).toBeCloseTo(
    mean((one) => one.loss),
    6,
  );
  for (const [at, value] of (step.gradients.get('outer.bias') ?? []).entries()) {
    expect(value).toBeCloseTo(
      mean(({ bias }) => bias[at] ?? Number.NaN),
      6,
    );
  }
});

test('parts that do not fit', async () => {
  const store = new ParameterStore({ seed: 3 });
  using step = await TrainingStep.create({ runtime, name: 'test', store, parts: 2, build: regression(4) });
  for (const weights of [[1], [0, 0], [-1, 2], [1, Number.NaN]]) {
    await expect(step.runParts(partsOf(rows(0, 8), 2), { weights })).rejects.toThrow('of 2 parts');
  }
  await expect(step.runParts([])).rejects.toThrow('a batch of 0 parts, where there is room for 2');
  await expect(step.runParts(partsOf(rows(0, 12), 3))).rejects.toThrow('a batch of 3 parts');
  await expect(step.runParts(partsOf(rows(0, 8), 2), { signal: AbortSignal.abort() })).rejects.toThrow(
    /cancelled/,
  );
});
