import { gradients, mul, reduceSum } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import { addTailFrame, type CifOptions, cif, quantityError, scaleToTargets } from './cif.ts';
import { difference, evaluate, integers, noise, uniform } from './testing.ts';

const width = 3;

/** The loop of the paper, one sequence: weights of each token over the frames, and the frame each fired in. */
function loop(
  weights: readonly number[],
  threshold: number,
): { shares: number[][]; firedAt: number[]; rest: number } {
  const shares: number[][] = [weights.map(() => 0)];
  const firedAt: number[] = [];
  let gathered = 0;
  for (const [frame, weight] of weights.entries()) {
    const now = shares.at(-1) ?? [];
    if (gathered + weight < threshold) {
      now[frame] = weight;
      gathered += weight;
      continue;
    }
    now[frame] = 1 - gathered;
    gathered += weight - 1;
    firedAt.push(frame);
    shares.push(weights.map((_, i) => (i === frame ? gathered : 0)));
  }
  return { shares, firedAt, rest: gathered };
}

const tokensOf = (shares: readonly number[][], hidden: Float32Array): number[] =>
  shares.flatMap((row) =>
    Array.from({ length: width }, (_, c) =>
      row.reduce((total, w, t) => total + w * (hidden[t * width + c] ?? 0), 0),
    ),
  );

const run = (
  weights: readonly number[],
  hidden: Float32Array<ArrayBuffer>,
  length: number,
  options: CifOptions,
) =>
  evaluate(
    {
      weights: Value.from('float32', Float32Array.from(weights), [1, weights.length]),
      hidden: Value.from('float32', hidden, [1, weights.length, width]),
      lengths: integers([1], [length]),
    },
    (graph) => {
      const { embeddings, counts, firedAt } = cif(
        graph.input('weights', 'float32', [1, weights.length]),
        graph.input('hidden', 'float32', [1, weights.length, width]),
        graph.input('lengths', 'int64', [1]),
        options,
      );
      return { embeddings, counts, firedAt };
    },
  );

describe.each([1, 0.99])('at a threshold of %d', (threshold) => {
  test.each([1, 2, 3, 4, 5, 6])('sequence %i comes out as the loop has it', async (seed) => {
    const next = uniform(seed);
    const frames = 5 + Math.floor(next() * 30);
    const weights = Array.from({ length: frames }, () => Math.fround(next() ** 2));
    const hidden = noise([frames, width], seed);
    const { shares, firedAt } = loop(weights, threshold);
    const options = { threshold, maximum: frames, surplus: 'next-frame' } as const;
    const found = await run(weights, hidden, frames, options);
    const count = firedAt.length;
    expect(found['counts']?.values).toEqual([count]);
    expect(found['firedAt']?.values).toEqual([...firedAt, ...Array(frames - count).fill(-1)]);
    const values = found['embeddings']?.values ?? [];
    expect(difference(values.slice(0, count * width), tokensOf(shares.slice(0, count), hidden))).toBeLessThan(
      1e-5,
    );
    expect(values.slice(count * width).every((value) => value === 0)).toBe(true);
    const whole = await run(weights, hidden, frames, { ...options, surplus: 'same-token' });
    if (threshold === 1) expect(difference(whole['embeddings']?.values ?? [], values)).toBeLessThan(1e-5);
  });
});

describe('the end of a sequence', () => {
  const hidden = Float32Array.from({ length: 5 * width }, (_, i) => i);
  const options = { threshold: 1, maximum: 4, surplus: 'next-frame', tail: 0.5 } as const;

  test.each([
    ['more than half a token left is one', [0.8, 0.9, 0, 0, 0], 2, [0, 2], 2],
    ['less is none', [0.8, 0.6, 0, 0, 0], 1, [1], 2],
    ['without a frame of padding it is dropped', [0.2, 0.2, 0.2, 0.2, 0.1], 0, [], 5],
  ] as const)('%s', async (_, weights, count, firedAt, length) => {
    const found = await run(weights, hidden, length, options);
    expect(found['counts']?.values).toEqual([count]);
    const wanted = count === 2 ? [1, length] : firedAt;
    expect(found['firedAt']?.values.slice(0, count)).toEqual(wanted);
  });

  test('a tail is brought to weight 1', async () => {
    const found = await run([0.6, 0, 0, 0, 0], hidden, 1, options);
    expect(difference(found['embeddings']?.values.slice(0, width) ?? [], [0, 1, 2])).toBeLessThan(1e-6);
  });

  test('padding says nothing, whatever stands there', async () => {
    const found = await run([0.6, 0.5, 0.9, 0.9, 0.9], hidden, 2, options);
    expect(found['counts']?.values).toEqual([1]);
  });
});

test('a weight above 1 completes one more token in the next frame, or goes to one', async () => {
  const hidden = Float32Array.from({ length: 3 * width }, (_, i) => Math.floor(i / width));
  const weights = [0.5, 1.7, 0.1];
  const options = { threshold: 1, maximum: 3 } as const;
  const next = await run(weights, hidden, 3, { ...options, surplus: 'next-frame' });
  expect(next['firedAt']?.values).toEqual([1, 2, -1]);
  const same = await run(weights, hidden, 3, { ...options, surplus: 'same-token' });
  expect(same['firedAt']?.values).toEqual([1, -1, -1]);
});

test('training brings the sum to the number of tokens, and the gradient goes through', async () => {
  const feeds = {
    weights: Value.from('float32', Float32Array.of(0.5, 0.5, 0.9, 0.9), [1, 4]),
    hidden: Value.from('float32', noise([1, 4, width], 5), [1, 4, width]),
  };
  const { scaled, slope } = await evaluate(feeds, (graph) => {
    const weights = graph.input('weights', 'float32', [1, 4]);
    const hidden = graph.input('hidden', 'float32', [1, 4, width]);
    const [lengths, targets] = [graph.constant('int64', [1], [3]), graph.constant('int64', [1], [2])];
    const scaled = scaleToTargets(weights, lengths, targets);
    const options = { threshold: 0.99, maximum: 3, surplus: 'next-frame' } as const;
    const { embeddings } = cif(scaled, hidden, lengths, options);
    const [slope = weights] = gradients(reduceSum(mul(embeddings, embeddings)), [weights]);
    return { scaled, slope };
  });
  const total = (scaled?.values ?? []).reduce((sum, value) => sum + value, 0);
  expect(total).toBeCloseTo(2, 5);
  expect(slope?.values[3]).toBe(0); // padding
  expect(Math.max(...(slope?.values ?? []).slice(0, 3).map(Math.abs))).toBeGreaterThan(1e-3);
});

test('quantity error, and FunASR’s tail frame', async () => {
  const { error, longer } = await evaluate({}, (graph) => {
    const weights = graph.constant('float32', [2, 3], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    const hidden = graph.constant('float32', [2, 3, 1], [1, 1, 1, 1, 1, 1]);
    const lengths = graph.constant('int64', [2], [3, 1]);
    const quantities = graph.constant('float32', [2], [2.5, 1]);
    return {
      error: quantityError(quantities, graph.constant('int64', [2], [2, 3])),
      longer: addTailFrame(weights, hidden, lengths, 0.45).weights,
    };
  });
  expect(error?.values).toEqual([0.5, 2]);
  const rounded = longer?.values.map((value) => Math.round(value * 100) / 100);
  expect(rounded).toEqual([0.5, 0.5, 0.5, 0.45, 0.5, 0.45, 0, 0]);
});
