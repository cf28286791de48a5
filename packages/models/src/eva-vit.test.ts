import { type Graph, gradients, mul, type Parameters, reduceSum } from '@x-llm/onnx';
import { Tensor as Value } from '@x-llm/ort';
import { describe, expect, test } from 'vitest';
import {
  type EvaVitConfig,
  embedPatches,
  evaVit,
  evaVitG,
  evaVitSection,
  imageTokens,
  patchGrid,
} from './eva-vit.ts';
import { bicubicMatrix } from './position-embedding.ts';
import { difference, evaluate, floats, noise } from './testing.ts';

const small: EvaVitConfig = {
  imageSize: 8,
  patchEmbedding: { kind: 'patch', size: 4 },
  width: 12,
  depth: 2,
  heads: 3,
  mlpWidth: 20,
  positionGrid: 3, // not the picture's: resized
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};
const convolutional: EvaVitConfig = {
  ...small,
  patchEmbedding: {
    kind: 'conv-stem',
    stages: [
      { channels: 4, blocks: 1 },
      { channels: 6, blocks: 2 },
    ],
  },
};

describe.each([
  ['patches', small],
  ['a convolutional stem', convolutional],
])('EVA ViT on %s', (_, config) => {
  test('a picture does not depend on the others of its batch', async () => {
    const pixels = noise([3, 3, 8, 8], 1);
    const run = async (data: Float32Array<ArrayBuffer>, batch: number) =>
      evaluate({ pixels: Value.from('float32', data, [batch, 3, 8, 8]) }, (graph, parameters) => ({
        out: evaVit(config, parameters, graph.input('pixels', 'float32', ['B', 3, 8, 8])).output,
      }));
    const { out: all } = await run(pixels, 3);
    const { out: second } = await run(pixels.slice(192, 384), 1);
    expect(all?.shape).toEqual([3, imageTokens(config), 12]);
    const size = imageTokens(config) * 12;
    expect(difference(second?.values ?? [], all?.values.slice(size, 2 * size) ?? [])).toBeLessThan(1e-5);
  });
});

test('sections of blocks, one after the other, give what all of them give', async () => {
  const feeds = { pixels: floats([2, 3, 8, 8], 4) };
  const { whole, divided } = await evaluate(feeds, (graph, parameters) => {
    const pixels = graph.input('pixels', 'float32', [2, 3, 8, 8]);
    const first = evaVitSection(small, parameters, pixels, { from: 0, to: 1 });
    return {
      whole: evaVit(small, parameters, pixels).output,
      divided: evaVitSection(small, parameters, first, { from: 1, to: 2 }),
    };
  });
  expect(divided?.shape).toEqual(whole?.shape);
  expect(difference(divided?.values ?? [], whole?.values ?? [])).toBe(0);
});

test('the stem learns: its gradients are the slopes of the loss', async () => {
  const name = 'stages.1.blocks.0.conv1.weight';
  const build = (graph: Graph, parameters: Parameters) => {
    const patches = embedPatches(convolutional, parameters, graph.input('pixels', 'float32', [2, 3, 8, 8]));
    return reduceSum(mul(patches, graph.constant('float32', [2, 4, 12], noise([2, 4, 12], 9))));
  };
  const feeds = { pixels: floats([2, 3, 8, 8], 4) };
  const { slope } = await evaluate(feeds, (graph, parameters) => {
    const loss = build(graph, parameters);
    const weight = parameters.get(name, [6, 3, 3, 6]);
    const [gradient = weight] = gradients(loss, [weight]);
    return { slope: gradient };
  });
  const lossAt = async (element: number, step: number) => {
    const weight = noise([6, 3, 3, 6], name);
    weight[element] = (weight[element] ?? 0) + step;
    const { loss } = await evaluate(feeds, (graph, parameters) => ({ loss: build(graph, parameters) }), {
      [name]: weight,
    });
    return loss?.values[0] ?? Number.NaN;
  };
  const largest = Math.max(...(slope?.values ?? []).map(Math.abs));
  for (const element of [0, 50, 123, 323]) {
    const measured = ((await lossAt(element, 5e-3)) - (await lossAt(element, -5e-3))) / 1e-2;
    expect(Math.abs(measured - (slope?.values[element] ?? Number.NaN))).toBeLessThan(5e-3 * largest);
  }
});

test('sizes follow from the configuration', () => {
  expect(imageTokens(evaVitG)).toBe(257);
  expect(patchGrid(convolutional)).toBe(2);
  expect(() => patchGrid({ ...small, imageSize: 9 })).toThrow(
    'pictures of 9 pixels do not divide into patches of 4',
  );
});

test('resizing keeps constants, and positions where they are', () => {
  const rows = (matrix: Float32Array, from: number) =>
    Array.from({ length: matrix.length / from }, (_, i) => [...matrix.subarray(i * from, (i + 1) * from)]);
  for (const row of rows(bicubicMatrix(4, 7), 4)) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  expect(rows(bicubicMatrix(3, 3), 3)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  // From 4 to 8, the second centre lies at 0.25: taps −1 (repeated border), 0, 1, 2 by hand.
  expect(rows(bicubicMatrix(4, 8), 4)[1]).toEqual([-0.10546875 + 0.87890625, 0.26171875, -0.03515625, 0]);
});
