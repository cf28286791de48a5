import { describe, expect, test } from 'vitest';
import { evaluate } from './finite-differences.ts';
import { gradients } from './gradients.ts';
import { Graph } from './graph.ts';
import {
  add,
  argMax,
  cast,
  concat,
  conv,
  detach,
  expand,
  matMul,
  mul,
  range,
  reduceSum,
  reshape,
  slice,
  softmax,
} from './ops/index.ts';
import { Parameters } from './parameters.ts';

const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
};

describe('shapes', () => {
  test('symbols add, multiply and compare as polynomials', () => {
    const graph = new Graph('g');
    const past = graph.input('past', 'float32', ['B', 'P', 4]);
    const now = graph.input('now', 'float32', ['B', 'T', 4]);
    const all = concat([past, now], 1);
    expect(all.shape).toEqual(['B', 'P+T', 4]);
    expect(reshape(all, [-1, 4]).shape).toEqual(['B*P+B*T', 4]);
    expect(reshape(now, ['B', 'T', 2, 2]).shape).toEqual(['B', 'T', 2, 2]);
    expect(slice(all, 1, 'P').shape).toEqual(['B', 'T', 4]);
    expect(graph.input('total', 'float32', ['T+P']).shape).toEqual(['P+T']);
  });

  test('what a symbol stands for is computed at run time', async () => {
    const graph = new Graph('g');
    const x = graph.input('x', 'float32', ['N', 2]);
    const y = graph.input('y', 'float32', ['M', 2]);
    const joined = concat([x, y], 0);
    graph.output('rows', range(graph, 'M+N'));
    graph.output('flat', reshape(joined, ['2*M+2*N']));
    graph.output('square', expand(reshape(reduceSum(x), [1, 1]), ['N', 'M']));
    const { Runtime, Tensor } = await import('@x-llm/ort');
    const { toModel } = await import('./serialize.ts');
    using session = await Runtime.load().createSession(toModel(graph));
    const out = session.runSync({
      x: Tensor.from('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
      y: Tensor.from('float32', Float32Array.of(7, 8), [1, 2]),
    });
    expect(Array.from(out['rows']?.data ?? [], Number)).toEqual([0, 1, 2, 3]);
    expect([...(out['flat']?.data ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(out['square']?.shape).toEqual([3, 1]);
    expect([...(out['square']?.data ?? [])]).toEqual([21, 21, 21]);
  });
});

describe('a symbol in a multiple of an axis', () => {
  test('is what is left of it at run time', async () => {
    const graph = new Graph('g');
    const x = graph.input('x', 'float32', [1, 1, '4*S+3']);
    const halved = conv(x, graph.constant('float32', [1, 1, 3], [0, 0, 1]), undefined, { stride: 2 });
    expect(halved.shape).toEqual([1, 1, '2*S+1']);
    graph.output('places', range(graph, 'S'));
    graph.output('front', slice(halved, 2, 0, '2*S'));
    const { Runtime, Tensor } = await import('@x-llm/ort');
    const { toModel } = await import('./serialize.ts');
    using session = await Runtime.load().createSession(toModel(graph));
    const out = session.runSync({
      x: Tensor.from('float32', Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), [1, 1, 11]),
    });
    expect(Array.from(out['places']?.data ?? [], Number)).toEqual([0, 1]);
    expect([...(out['front']?.data ?? [])]).toEqual([2, 4, 6, 8]);
  });

  test('has to leave a convolution with a stride a whole number of steps', () => {
    const x = new Graph('g').input('x', 'float32', [1, 1, 'S']);
    const weight = x.graph.constant('float32', [1, 1, 3], [1, 1, 1]);
    expect(conv(x, weight).shape).toEqual([1, 1, 'S-2']);
    expect(message(() => conv(x, weight, undefined, { stride: 2 }))).toBe(
      'Conv: axis 2 must be a number at stride 2, got S',
    );
  });
});

describe('errors name operator, shapes and scope', () => {
  const graph = new Graph('g');
  const a = graph.input('a', 'float32', [2, 3]);
  const b = graph.input('b', 'float32', [2, 4]);
  const ids = graph.input('ids', 'int64', [2]);
  const within = (run: () => unknown) =>
    message(() => graph.scope('vit', () => graph.scope('patch-embed', run)));
  test.each([
    [
      'Concat: expected equal dims except axis 0, got [2,3] and [2,4] (vit/patch-embed)',
      () => concat([a, b], 0),
    ],
    ['Add: cannot broadcast [2,3] with [2,4] (vit/patch-embed)', () => add(a, b)],
    ['MatMul: inner dimensions 3 and 2 of [2,3] and [2,4] differ (vit/patch-embed)', () => matMul(a, b)],
    ['Reshape: cannot reshape [2,3] (6 elements) to [2,4] (8) (vit/patch-embed)', () => reshape(a, [2, 4])],
    ['Mul: expected one dtype, got float32, int64 (vit/patch-embed)', () => mul(a, ids)],
    ['Softmax: axis 2 is outside rank 2 (vit/patch-embed)', () => softmax(a, 2)],
    ['Slice: [1, 9) lies outside axis 1 of 3 (vit/patch-embed)', () => slice(a, 1, 1, 9)],
    ['the name "a" is taken (vit/patch-embed)', () => graph.input('a', 'float32', [1])],
    ['the name "b" is taken (vit/patch-embed)', () => graph.output('b', a)],
    ['the symbol "Z" is not a dimension of any input (vit/patch-embed)', () => expand(a, ['Z', 2, 3])],
  ])('%s', (expected, run) => {
    expect(within(run)).toBe(expected);
  });

  test('a tensor of another graph', () => {
    const other = new Graph('other').input('c', 'float32', [2, 3]);
    expect(message(() => add(a, other))).toBe('Add: "c" belongs to the graph "other"');
  });
});

describe('gradients', () => {
  test('a tensor used twice collects both paths', async () => {
    const [y, dx] = await evaluate([{ shape: [2], values: [3, -1] }], ([x]) => {
      if (!x) throw new Error('no input');
      const loss = reduceSum(mul(mul(x, x), x));
      const [gradient] = gradients(loss, [x]);
      return gradient ? [loss, gradient] : [];
    });
    expect(y).toEqual([26]);
    expect(dx).toEqual([27, 3]);
  });

  test('frozen parts cost no backward nodes', () => {
    const build = (frozen: boolean) => {
      const graph = new Graph('g');
      const x = graph.input('x', 'float32', [2, 3]);
      const w = graph.input('w', 'float32', [3, 3]);
      const adapter = graph.input('adapter', 'float32', [3, 3]);
      const loss = reduceSum(matMul(matMul(x, w), adapter));
      gradients(loss, frozen ? [adapter] : [adapter, w]);
      return graph.nodes.length;
    };
    expect(build(true)).toBeLessThan(build(false));
  });

  test('a detached tensor is a constant', async () => {
    const [dx] = await evaluate([{ shape: [2], values: [3, 5] }], ([x]) => {
      if (!x) throw new Error('no input');
      return gradients(reduceSum(mul(x, detach(x))), [x]);
    });
    expect(dx).toEqual([3, 5]); // not 2x
  });

  test('refuses what has no gradient', () => {
    const graph = new Graph('g');
    const x = graph.input('x', 'float32', [2, 3]);
    const y = graph.input('y', 'float32', [2]);
    expect(message(() => gradients(x, [x]))).toBe(
      'gradients: the loss must be a float scalar, got float32 [2,3]',
    );
    expect(message(() => gradients(reduceSum(x), [y]))).toBe('gradients: the loss does not depend on "y"');
    const counted = reduceSum(cast(argMax(x), 'float32'));
    expect(message(() => gradients(counted, [x]))).toBe('gradients: the loss does not depend on "x"');
  });
});

describe('parameters', () => {
  test('scopes make the checkpoint name; wrong shapes and missing names say so', () => {
    const graph = new Graph('g');
    const stored = { dtype: 'float16' as const, shape: [2, 2], data: Float16Array.of(1, 2, 3, 4) };
    const parameters = new Parameters(graph, (name) =>
      name === 'layers.0.attention.weight' ? stored : undefined,
    );
    const attention = parameters.at('layers.0').at('attention');
    expect(attention.get('weight', [2, 2]).dtype).toBe('float32');
    expect(attention.get('weight', [2, 2])).toBe(parameters.get('layers.0.attention.weight', [2, 2]));
    expect(message(() => attention.get('weight', [4]))).toContain('is [2,2], the model wants [4]');
    expect(message(() => attention.get('bias', [2]))).toBe('there is no parameter "layers.0.attention.bias"');
    expect(attention.optional('bias', [2])).toBeUndefined();
  });

  test('rows of a stored table are taken before they become float32, once and beside its other uses', () => {
    const graph = new Graph('g');
    const stored = { dtype: 'float16' as const, shape: [3, 2], data: Float16Array.of(1, 2, 3, 4, 5, 6) };
    const parameters = new Parameters(graph, (name) => (name === 'table' ? stored : undefined));
    const ids = graph.input('ids', 'int64', ['N']);
    expect(parameters.rows('table', [3, 2], ids)).toMatchObject({ dtype: 'float32', shape: ['N', 2] });
    expect(graph.nodes.map(({ op }) => op.type)).toEqual(['Gather', 'Cast']);
    parameters.get('table', [3, 2]);
    expect(graph.nodes.map(({ op }) => op.type)).toEqual(['Gather', 'Cast', 'Cast']);
    expect(message(() => parameters.rows('table', [2, 2], ids))).toContain('is [3,2], the model wants [2,2]');
    expect(message(() => parameters.rows('none', [2, 2], ids))).toBe('there is no parameter "none"');
  });
});
