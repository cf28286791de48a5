import { expand, slice } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import { drawNegatives, negativeWeights, type Stage1Config, stage1Losses } from './blip2-stage1.ts';
import { crossEntropy } from './losses.ts';
import { evaluate, floats, integers, uniform } from './testing.ts';

const config: Stage1Config = {
  qFormer: {
    width: 12,
    layers: 2,
    heads: 2,
    feedForwardWidth: 16,
    encoderWidth: 6,
    crossAttentionFrequency: 1,
    queries: 3,
    vocabularySize: 10,
    maxPositions: 5,
    epsilon: 1e-12,
  },
  projectionWidth: 4,
  tokens: { pad: 0, decode: 9 },
  labelSmoothing: 0.1,
  gather: 'detached',
};

/** Independent −ln(−ln u). */
function gumbel(shape: readonly number[], seed: number): Value {
  const next = uniform(seed);
  const values = Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    () => -Math.log(-Math.log(next() + 1e-9)),
  );
  return Value.from('float32', Float32Array.from(values), shape);
}

describe('hard negatives', () => {
  const similarity = Value.from('float32', Float32Array.of(9, 1, 0, 2, 9, 2, 0.5, -1, 9), [3, 3]);

  test.each(['x-llm', 'lavis'] as const)('%s: the own partner has no weight', async (variant) => {
    const { weights } = await evaluate({ similarity }, (graph) => ({
      weights: negativeWeights(graph.input('similarity', 'float32', ['B', 'B']), variant),
    }));
    const values = weights?.values ?? [];
    expect([values[0], values[4], values[8]]).toEqual([0, 0, 0]);
    expect(values[1]).toBeGreaterThan(values[2] ?? Number.NaN);
  });

  test('are drawn in proportion to their weights', async () => {
    const draws = 4000;
    const { drawn } = await evaluate({ similarity, noise: gumbel([draws, 3], 5) }, (graph) => {
      const weights = negativeWeights(graph.input('similarity', 'float32', [3, 3]), 'lavis');
      const first = expand(slice(weights, 0, 0, 1), [draws, 3]);
      return { drawn: drawNegatives(first, graph.input('noise', 'float32', [draws, 3])) };
    });
    const share = [0, 1, 2].map(
      (index) => (drawn?.values ?? []).filter((value) => value === index).length / draws,
    );
    const expected = [0, Math.E / (Math.E + 1), 1 / (Math.E + 1)];
    // Three standard deviations of 4000 draws are 0.021.
    expected.forEach((value, index) => {
      expect(Math.abs((share[index] ?? 1) - value)).toBeLessThan(0.022);
    });
  });
});

test('the losses of a batch of one are finite, and their sum is the loss', async () => {
  const feeds = {
    images: floats([1, 4, 6], 'images'),
    ids: integers([1, 4], [1, 5, 2, 0]),
    keep: integers([1, 4], [1, 1, 1, 0]),
    own: integers([1], [0]),
  };
  const out = await evaluate(feeds, (graph, parameters) => {
    const own = graph.input('own', 'int64', [1]);
    const inputs = {
      imageEmbeds: graph.input('images', 'float32', [1, 4, 6]),
      inputIds: graph.input('ids', 'int64', [1, 4]),
      attentionMask: graph.input('keep', 'int64', [1, 4]),
    };
    const { contrast, matching, generation, loss } = stage1Losses(config, parameters, inputs, () => ({
      images: own,
      texts: own,
    }));
    return { itc: contrast.loss, itm: matching.loss, itg: generation.loss, loss };
  });
  const value = (name: string) => out[name]?.values[0] ?? Number.NaN;
  expect(value('itc')).toBeCloseTo(0, 6); // one text to choose from
  expect(value('itg')).toBeGreaterThan(0);
  expect(value('loss')).toBeCloseTo(value('itc') + value('itm') + value('itg'), 4);
});

describe('cross-entropy', () => {
  const loss = async (scores: readonly number[], labels: readonly number[], labelSmoothing: number) => {
    const shape = [labels.length, scores.length / labels.length];
    const feeds = {
      scores: Value.from('float32', Float32Array.from(scores), shape),
      labels: integers([labels.length], labels),
    };
    const { loss: found } = await evaluate(feeds, (graph) => ({
      loss: crossEntropy(
        graph.input('scores', 'float32', ['N', 'V']),
        graph.input('labels', 'int64', ['N']),
        {
          labelSmoothing,
        },
      ),
    }));
    return found?.values[0];
  };

  test('smoothing spreads over all classes, ignored rows do not count', async () => {
    // Scores ln 1, ln 3: probabilities 1/4 and 3/4.
    const scores = [0, Math.log(3), 5, -5];
    expect(await loss(scores, [1, -100], 0)).toBeCloseTo(-Math.log(3 / 4), 5);
    const smoothed = -(0.95 * Math.log(3 / 4) + 0.05 * Math.log(1 / 4));
    expect(await loss(scores, [1, -100], 0.1)).toBeCloseTo(smoothed, 5);
  });

  test('nothing to predict costs nothing', async () => {
    expect(await loss([1, 2], [-100], 0.1)).toBeCloseTo(0, 9);
  });
});
