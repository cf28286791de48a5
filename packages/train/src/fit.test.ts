import { expect, test } from 'vitest';
import { temporaryDirectory, train } from './testing.ts';

test('six steps, and three with three more after a restart, give the same bits', async () => {
  using whole = temporaryDirectory();
  using parts = temporaryDirectory();
  const once = await train({ directory: whole.path, steps: 6 });
  const before = await train({ directory: parts.path, steps: 3 });
  const after = await train({ directory: parts.path, steps: 6 });
  expect(after.notes).toContain('start 3');
  expect([...before.losses, ...after.losses]).toEqual(once.losses);
  expect(after.state).toEqual(once.state);
  expect(after.updates).toBe(6);
  expect(once.state['inner.weight']).not.toEqual(before.state['inner.weight']);
});

test('a run that is interrupted stops after the step under way, and goes on with the same bits', async () => {
  using whole = temporaryDirectory();
  using parts = temporaryDirectory();
  const once = await train({ directory: whole.path, steps: 5 });
  const stop = new AbortController();
  const lossAt = (index: number, loss: number) => {
    if (index === 1) stop.abort();
    return loss;
  };
  const before = await train({ directory: parts.path, steps: 5, signal: stop.signal, lossAt });
  expect(before.steps).toBe(2);
  expect(before.losses).toHaveLength(2);
  const after = await train({ directory: parts.path, steps: 5 });
  expect(after.state).toEqual(once.state);
});

test('a finished run is left as it is', async () => {
  using folder = temporaryDirectory();
  const once = await train({ directory: folder.path, steps: 2 });
  const again = await train({ directory: folder.path, steps: 2 });
  expect(again.losses).toEqual([]);
  expect(again.state).toEqual(once.state);
});

test('two batches of four make the same step as one of eight', async () => {
  using small = temporaryDirectory();
  using large = temporaryDirectory();
  const summed = await train({ directory: small.path, steps: 3, batchSize: 4, accumulate: 2 });
  const whole = await train({ directory: large.path, steps: 3, batchSize: 8 });
  expect(summed.losses).toHaveLength(6);
  for (const [name, values] of Object.entries(whole.state)) {
    values.forEach((value, i) => {
      expect(summed.state[name]?.[i]).toBeCloseTo(value, 6);
    });
  }
});

test('clipping scales all gradients to the norm, and leaves smaller ones alone', async () => {
  const firstMoments = async (clipNorm: number) => {
    using folder = temporaryDirectory();
    const { state } = await train({ directory: folder.path, steps: 1, clipNorm });
    return Object.entries(state).flatMap(([name, values]) => (name.startsWith('first.') ? values : []));
  };
  const free = await firstMoments(1e9);
  const clipped = await firstMoments(1e-3);
  // After one step the first moment is (1 − β₁)·g.
  const norm = (moments: readonly number[]) => Math.hypot(...moments) / 0.1;
  expect(norm(free)).toBeGreaterThan(0.1);
  expect(norm(clipped)).toBeCloseTo(1e-3, 7);
  const ratio = (clipped[0] ?? 0) / (free[0] ?? 1);
  clipped.forEach((value, i) => {
    expect(value / (free[i] ?? 1)).toBeCloseTo(ratio, 5);
  });
});

test('a loss or a gradient that is no number ends the run before it reaches the weights', async () => {
  using folder = temporaryDirectory();
  const saved = await train({ directory: folder.path, steps: 2 });
  const lossAt = (index: number, loss: number) => (index === 3 ? Number.NaN : loss);
  await expect(train({ directory: folder.path, steps: 5, checkpointEvery: 1, lossAt })).rejects.toThrow(
    'the loss is NaN at step 3.',
  );
  const infinite = {
    loss: 1,
    gradients: new Map([['inner.bias', new Float32Array(8).fill(Number.POSITIVE_INFINITY)]]),
    items: 1,
  };
  await expect(
    train({ directory: folder.path, steps: 5, clipNorm: 1, batch: async () => infinite }),
  ).rejects.toThrow(/^the gradients' norm is Infinity at step 3/);
  const after = await train({ directory: folder.path, steps: 3 });
  expect(after.losses).toEqual([]); // the third step was saved, the fourth was not
  expect(saved.steps).toBe(2);
});

test('evaluates on time, and at the end', async () => {
  using folder = temporaryDirectory();
  const at: number[] = [];
  const evaluate = async (step: number) => {
    at.push(step);
    return { accuracy: 1 };
  };
  await train({ directory: folder.path, steps: 5, evaluateEvery: 2, evaluate });
  expect(at).toEqual([2, 4, 5]);
});

test('numbers beside the loss are means over the accumulated batches', async () => {
  using folder = temporaryDirectory();
  const seen: number[] = [];
  const gradients = new Map([['inner.bias', new Float32Array(8)]]);
  await train({
    directory: folder.path,
    steps: 1,
    accumulate: 2,
    batch: async (index) => ({ loss: 1, items: 1, gradients, metrics: { accuracy: index } }),
    progress: {
      start: () => {},
      step: (_, { metrics }) => seen.push(metrics['accuracy'] ?? Number.NaN),
      evaluated: () => {},
      note: () => {},
      finish: () => {},
    },
  });
  expect(seen).toEqual([0.5]);
});
