import { describe, expect, test } from 'vitest';
import { evaluate, type Feed, gradientError, spreadValues } from '../finite-differences.ts';
import type { Tensor } from '../graph.ts';
import { notDifferentiable, single } from '../op.ts';
import type { OpType } from '../op-types.ts';
import { ConvTranspose } from './conv-transpose.ts';
import * as op from './index.ts';
import { registry } from './registry.ts';

interface Case {
  readonly feeds: readonly Feed[];
  readonly build: (inputs: readonly Tensor[]) => Tensor;
  /** Expected values; reference arithmetic written out here, or worked by hand. */
  readonly forward: readonly number[] | ((inputs: readonly (readonly number[])[]) => readonly number[]);
}

const f = (...shape: number[]): Feed => ({ shape });
const fv = (shape: number[], values: number[]): Feed => ({ shape, values });
const int = (shape: number[], values: number[]): Feed => ({ shape, values, dtype: 'int64' });
const bool = (shape: number[], values: number[]): Feed => ({ shape, values, dtype: 'bool' });
const positive = (...shape: number[]): Feed =>
  fv(
    shape,
    spreadValues(shape.reduce((a, b) => a * b, 1)).map((v) => Math.abs(v) + 0.5),
  );

const unary = (build: (x: Tensor) => Tensor, map: (x: number) => number, feed: Feed = f(2, 3)): Case => ({
  feeds: [feed],
  build: ([x]) => build(x as Tensor),
  forward: ([x]) => (x ?? []).map(map),
});
/** Both operands broadcast: [2,1,3] with [4,1]. */
const binary = (
  build: (a: Tensor, b: Tensor) => Tensor,
  map: (a: number, b: number) => number,
  feeds: readonly Feed[] = [f(2, 1, 3), f(4, 1)],
): Case => ({
  feeds,
  build: ([a, b]) => build(a as Tensor, b as Tensor),
  forward: ([a = [], b = []]) =>
    [0, 1].flatMap((i) =>
      [0, 1, 2, 3].flatMap((j) => [0, 1, 2].map((k) => map(a[i * 3 + k] ?? 0, b[j] ?? 0))),
    ),
});
const one = (
  feeds: readonly Feed[],
  build: (...inputs: Tensor[]) => Tensor,
  forward: Case['forward'],
): Case => ({
  feeds,
  build: (inputs) => build(...inputs),
  forward,
});
/** erf to 1e-12 by its series: Σ (−1)ⁿx²ⁿ⁺¹·2/(√π n!(2n+1)). */
const erf = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};
const softmaxRow = (row: readonly number[]): number[] => {
  const total = row.reduce((sum, x) => sum + Math.exp(x), 0);
  return row.map((x) => Math.exp(x) / total);
};
const rows = (x: readonly number[], width: number): number[][] =>
  Array.from({ length: x.length / width }, (_, i) => x.slice(i * width, (i + 1) * width));

const cases: { readonly [Type in OpType]: Case | readonly Case[] } = {
  Abs: unary(op.abs, Math.abs),
  Add: binary(op.add, (a, b) => a + b),
  And: one([bool([4], [0, 0, 1, 1]), bool([4], [0, 1, 0, 1])], op.and, [0, 0, 0, 1]),
  ArgMax: one([fv([2, 3], [1, 5, 2, 9, 0, 9])], (x) => op.argMax(x, 1), [1, 0]),
  Cast: [
    unary(
      (x) => op.cast(op.cast(x, 'float64'), 'float32'),
      (x) => x,
    ),
    one([fv([3], [-1.5, 0, 2.7])], (x) => op.cast(x, 'int64'), [-1, 0, 2]),
  ],
  Concat: one(
    [f(2, 1), f(2, 2)],
    (a, b) => op.concat([a, b], 1),
    ([a = [], b = []]) => [a[0] ?? 0, b[0] ?? 0, b[1] ?? 0, a[1] ?? 0, b[2] ?? 0, b[3] ?? 0],
  ),
  ConstantOfShape: one([f(2)], (x) => op.zeros(x.graph, 'float32', [2, 2]), [0, 0, 0, 0]),
  Conv: [
    one(
      [fv([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]), fv([1, 1, 2, 2], [1, 0, 0, -1]), fv([1], [10])],
      (x, w, b) => op.conv(x, w, b),
      [6, 6, 6, 6],
    ),
    one(
      [f(2, 2, 5, 6), f(3, 2, 3, 3)],
      (x, w) => op.conv(x, w, undefined, { padding: 1, stride: 2 }),
      ([x = [], w = []]) =>
        convolve(x, w, { n: 2, c: 2, h: 5, w: 6, o: 3, k: 3, padding: 1, stride: 2, groups: 1, dilation: 1 }),
    ),
    one(
      [f(2, 4, 5, 5), f(4, 2, 3, 3)],
      (x, w) => op.conv(x, w, undefined, { padding: 1, groups: 2 }),
      ([x = [], w = []]) =>
        convolve(x, w, { n: 2, c: 4, h: 5, w: 5, o: 4, k: 3, padding: 1, stride: 1, groups: 2, dilation: 1 }),
    ),
    one(
      [f(1, 2, 7, 7), f(2, 2, 3, 3)],
      (x, w) => op.conv(x, w, undefined, { padding: 2, dilation: 2 }),
      ([x = [], w = []]) =>
        convolve(x, w, { n: 1, c: 2, h: 7, w: 7, o: 2, k: 3, padding: 2, stride: 1, groups: 1, dilation: 2 }),
    ),
  ],
  ConvTranspose: one(
    [fv([1, 1, 2, 2], [1, 2, 3, 4]), fv([1, 1, 2, 2], [1, 10, 100, 1000])],
    (y, w) =>
      single(
        ConvTranspose([y, w], {
          group: 1,
          strides: [2, 2],
          pads: [0, 0, 0, 0],
          dilations: [1, 1],
          output_shape: [4, 4],
        }),
      ),
    [1, 10, 2, 20, 100, 1000, 200, 2000, 3, 30, 4, 40, 300, 3000, 400, 4000],
  ),
  Cos: unary(op.cos, Math.cos),
  CumSum: [
    one([fv([2, 3], [1, 2, 3, 4, 5, 6])], (x) => op.cumSum(x, 1), [1, 3, 6, 4, 9, 15]),
    one([fv([3], [1, 2, 4])], (x) => op.cumSum(x, 0, { exclusive: true, reverse: true }), [6, 4, 0]),
  ],
  Div: binary(op.div, (a, b) => a / b, [f(2, 1, 3), positive(4, 1)]),
  Equal: one([int([3], [1, 2, 3]), int([3], [1, 0, 3])], op.equal, [1, 0, 1]),
  Erf: unary(op.erf, erf),
  Exp: unary(op.exp, Math.exp),
  Expand: one([fv([2, 1], [3, 4])], (x) => op.expand(x, [2, 2, 2]), [3, 3, 4, 4, 3, 3, 4, 4]),
  FusedMatMul: [
    one(
      [fv([3, 2], [1, 2, 3, 4, 5, 6]), fv([4, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1])],
      (a, b) => op.matMul(a, b, { transposeA: true, transposeB: true, alpha: 0.5 }),
      [0.5, 1.5, 2.5, 4.5, 1, 2, 3, 6],
    ),
    one(
      [f(2, 3, 4), f(5, 4)],
      (a, b) => op.matMul(a, b, { transposeB: true }),
      ([a = [], b = []]) =>
        rows(a, 4).flatMap((row) =>
          rows(b, 4).map((column) => row.reduce((sum, v, i) => sum + v * (column[i] ?? 0), 0)),
        ),
    ),
    one(
      [fv([2, 2], [1, 2, 3, 4]), fv([2, 1], [5, 6])],
      (a, b) => op.matMul(a, b, { transposeA: true }),
      [23, 34],
    ),
  ],
  Gather: [
    one([fv([3, 2], [1, 2, 3, 4, 5, 6]), int([3], [2, 0, 2])], (x, i) => op.gather(x, i), [5, 6, 1, 2, 5, 6]),
    one([fv([2, 3], [1, 2, 3, 4, 5, 6]), int([1, 2], [2, 1])], (x, i) => op.gather(x, i, 1), [3, 2, 6, 5]),
  ],
  GatherElements: one(
    [fv([2, 3], [1, 2, 3, 4, 5, 6]), int([2, 2], [0, 0, 2, 1])],
    (x, i) => op.gatherElements(x, i, 1),
    [1, 1, 6, 5],
  ),
  GatherND: one(
    [fv([2, 2], [1, 2, 3, 4]), int([3, 2], [1, 0, 0, 1, 1, 0])],
    (x, i) => op.gatherND(x, i),
    [3, 2, 3],
  ),
  Gelu: [
    unary(
      (x) => op.gelu(x),
      (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
    ),
    unary(
      (x) => op.gelu(x, { approximate: 'tanh' }),
      (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    ),
  ],
  Greater: one([f(3), fv([3], [9, -9, 9])], op.greater, [0, 1, 0]),
  GroupQueryAttention: one(
    [
      fv([1, 1, 8], [1, 0, 0, 0, 0, 0, 0, 0]),
      fv([1, 1, 8], [2, 0, 0, 0, 0, 0, 0, 0]),
      fv([1, 1, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
      fv(
        [1, 1, 3, 8],
        Array.from({ length: 24 }, () => 0),
      ),
      fv(
        [1, 1, 3, 8],
        Array.from({ length: 24 }, () => 0),
      ),
      { shape: [1], values: [0], dtype: 'int32' },
      { shape: [], values: [1], dtype: 'int32' },
    ],
    (query, key, value, pastKey, pastValue, lengths, totalLength) =>
      op.groupQueryAttention({ query, key, value, pastKey, pastValue, lengths, totalLength } as never, {
        heads: 1,
        keyValueHeads: 1,
        scale: 1,
      }).context,
    [1, 2, 3, 4, 5, 6, 7, 8],
  ),
  Identity: one([int([2], [3, -4])], op.detach, [3, -4]),
  LayerNormalization: one(
    [f(2, 4), f(4), f(4)],
    (x, scale, bias) => op.layerNormalization(x, scale, bias, 1e-5),
    ([x = [], scale = [], bias = []]) =>
      rows(x, 4).flatMap((row) => {
        const mean = row.reduce((a, b) => a + b) / 4;
        const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4;
        return row.map(
          (v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * (scale[i] ?? 0) + (bias[i] ?? 0),
        );
      }),
  ),
  Less: one([f(3), fv([3], [9, -9, 9])], op.less, [1, 0, 1]),
  Log: unary(op.log, Math.log, positive(2, 3)),
  LogSoftmax: one(
    [f(2, 3)],
    (x) => op.logSoftmax(x, 1),
    ([x = []]) => rows(x, 3).flatMap(softmaxRow).map(Math.log),
  ),
  MatMul: [
    one([fv([2, 2], [1, 2, 3, 4]), fv([2, 2], [5, 6, 7, 8])], (a, b) => op.matMul(a, b), [19, 22, 43, 50]),
    one(
      [f(2, 1, 2, 3), f(2, 3, 2)],
      (a, b) => op.matMul(a, b),
      ([a = [], b = []]) =>
        [0, 1].flatMap((i) =>
          [0, 1].flatMap((j) =>
            [0, 1].flatMap((r) =>
              [0, 1].map((c) =>
                [0, 1, 2].reduce(
                  (sum, k) => sum + (a[i * 6 + r * 3 + k] ?? 0) * (b[j * 6 + k * 2 + c] ?? 0),
                  0,
                ),
              ),
            ),
          ),
        ),
    ),
  ],
  DequantizeLinear: one(
    [fv([2, 1], [1, 1])],
    (x) => {
      const { graph } = x;
      const nibbles = Uint8Array.of(0x2f, 0x08, 0x99, 0x61); // 15 2 8 0 · 9 9 1 6
      const [q, zeroPoints] = [
        graph.initializer('q', 'uint4', [2, 4], nibbles),
        graph.initializer('zero points', 'uint4', [2, 2], new Uint8Array(2).fill(0x88)),
      ];
      const scales = graph.initializer('scales', 'float32', [2, 2], Float32Array.of(0.5, 2, 1, -3));
      return op.mul(x, op.dequantizeRows(q, scales, zeroPoints, 2));
    },
    [3.5, -3, 0, -16, 1, 1, 21, 6],
  ),
  MatMulNBits: one(
    // Whole numbers up to 127: rounding them to int8 loses nothing.
    [fv([1, 32], [127, -3, 5, ...Array.from({ length: 29 }, () => 1)])],
    (x) => {
      const packed = new Uint8Array(32).fill(0x99); // 9, 9: 1 each
      packed.set([0x2f, 0x08]); // row 0 begins with 15, 2, 8, 0: 7, -6, 0, -8
      const stored = {
        packed: x.graph.initializer('w.q4', 'uint8', [2, 1, 16], packed),
        scales: x.graph.initializer('w.scales', 'float32', [2, 1], Float32Array.of(0.5, -2)),
      };
      return op.matMulNBits(x, { rows: 2, columns: 32, bits: 4, blockSize: 32, ...stored });
    },
    [0.5 * (7 * 127 - 6 * -3 + 0 * 5 - 8 * 1 + 28), -2 * (127 - 3 + 5 + 29)],
  ),
  Max: binary(op.max, Math.max),
  Min: binary(op.min, Math.min),
  Mul: binary(op.mul, (a, b) => a * b),
  Neg: unary(op.neg, (x) => -x),
  Not: one([bool([2], [0, 1])], op.not, [1, 0]),
  Or: one([bool([4], [0, 0, 1, 1]), bool([4], [0, 1, 0, 1])], op.or, [0, 1, 1, 1]),
  Pad: one([fv([2, 1], [3, 4])], (x) => op.pad(x, 1, 1, 2), [0, 3, 0, 0, 0, 4, 0, 0]),
  Pow: binary(op.pow, (a, b) => a ** b, [positive(2, 1, 3), f(4, 1)]),
  Range: one([f(1)], (x) => op.range(x.graph, 3), [0, 1, 2]),
  Reciprocal: unary(op.reciprocal, (x) => 1 / x, positive(2, 3)),
  ReduceMax: one([fv([2, 3], [1, 5, 2, 7, 0, 3])], (x) => op.reduceMax(x, [1]), [5, 7]),
  ReduceMean: one([fv([2, 3], [1, 5, 3, 7, 0, 2])], (x) => op.reduceMean(x, [1], { keepDims: true }), [3, 3]),
  ReduceSum: one([fv([2, 3], [1, 5, 3, 7, 0, 2])], (x) => op.reduceSum(x, [0]), [8, 5, 5]),
  Relu: unary(op.relu, (x) => Math.max(x, 0)),
  Reshape: one([fv([2, 3], [1, 2, 3, 4, 5, 6])], (x) => op.reshape(x, [3, -1]), [1, 2, 3, 4, 5, 6]),
  ScatterElements: [
    one(
      [fv([2, 2], [1, 2, 3, 4]), int([2, 1], [1, 0]), fv([2, 1], [9, 8])],
      (x, i, u) => op.scatterElements(x, i, u, 1),
      [1, 9, 8, 4],
    ),
    one(
      [fv([1, 2], [1, 2]), int([1, 2], [1, 1]), fv([1, 2], [9, 8])],
      (x, i, u) => op.scatterElements(x, i, u, 1, 'add'),
      [1, 19],
    ),
  ],
  ScatterND: [
    one(
      [fv([3, 2], [1, 2, 3, 4, 5, 6]), int([1, 1], [1]), fv([1, 2], [9, 8])],
      (x, i, u) => op.scatterND(x, i, u),
      [1, 2, 9, 8, 5, 6],
    ),
    one(
      [fv([2], [1, 2]), int([2, 1], [1, 1]), fv([2], [9, 8])],
      (x, i, u) => op.scatterND(x, i, u, 'add'),
      [1, 19],
    ),
  ],
  Shape: one([f(4, 5)], (x) => op.shapeTensor(x.graph, x.shape), [4, 5]),
  Sigmoid: unary(op.sigmoid, (x) => 1 / (1 + Math.exp(-x))),
  SimplifiedLayerNormalization: one(
    [f(2, 4), f(4)],
    (x, scale) => op.rmsNormalization(x, scale, 1e-5),
    ([x = [], scale = []]) =>
      rows(x, 4).flatMap((row) => {
        const square = row.reduce((sum, v) => sum + v ** 2, 0) / 4;
        return row.map((v, i) => (v / Math.sqrt(square + 1e-5)) * (scale[i] ?? 0));
      }),
  ),
  Sin: unary(op.sin, Math.sin),
  Slice: one([fv([2, 4], [1, 2, 3, 4, 5, 6, 7, 8])], (x) => op.slice(x, 1, 1, -1), [2, 3, 6, 7]),
  Softmax: one(
    [f(2, 3)],
    (x) => op.softmax(x, 1),
    ([x = []]) => rows(x, 3).flatMap(softmaxRow),
  ),
  SoftmaxCrossEntropyLoss: one(
    [f(3, 4), int([3], [2, -100, 0])],
    (x, labels) => op.softmaxCrossEntropyLoss(x, labels),
    ([x = []]) => {
      const [a = [], , c = []] = rows(x, 4).map(softmaxRow);
      return [-(Math.log(a[2] ?? 0) + Math.log(c[0] ?? 0)) / 2];
    },
  ),
  Split: one(
    [fv([1, 4], [1, 2, 3, 4])],
    (x) => op.concat([...op.split(x, 1, [1, 3])].reverse(), 1),
    [2, 3, 4, 1],
  ),
  Sqrt: unary(op.sqrt, Math.sqrt, positive(2, 3)),
  Sub: binary(op.sub, (a, b) => a - b),
  Tanh: unary(op.tanh, Math.tanh),
  Transpose: one([fv([2, 3], [1, 2, 3, 4, 5, 6])], (x) => op.transpose(x, [1, 0]), [1, 4, 2, 5, 3, 6]),
  Trilu: one([fv([2, 2], [1, 2, 3, 4])], (x) => op.trilu(x), [1, 0, 3, 4]),
  Where: one(
    [bool([2, 1], [1, 0]), f(2, 3), f(3)],
    (c, a, b) => op.where(c, a, b),
    ([, a = [], b = []]) => [...a.slice(0, 3), ...b],
  ),
};

interface Geometry {
  n: number;
  c: number;
  h: number;
  w: number;
  o: number;
  k: number;
  padding: number;
  stride: number;
  groups: number;
  dilation: number;
}

/** The definition of a convolution, loop by loop. */
function convolve(x: readonly number[], weight: readonly number[], g: Geometry): number[] {
  const size = (n: number) => Math.floor((n + 2 * g.padding - g.dilation * (g.k - 1) - 1) / g.stride) + 1;
  const out: number[] = [];
  const [perGroup, outPerGroup] = [g.c / g.groups, g.o / g.groups];
  for (let n = 0; n < g.n; n++)
    for (let o = 0; o < g.o; o++)
      for (let i = 0; i < size(g.h); i++)
        for (let j = 0; j < size(g.w); j++) {
          let sum = 0;
          for (let c = 0; c < perGroup; c++)
            for (let p = 0; p < g.k; p++)
              for (let q = 0; q < g.k; q++) {
                const [row, column] = [
                  i * g.stride - g.padding + p * g.dilation,
                  j * g.stride - g.padding + q * g.dilation,
                ];
                if (row < 0 || column < 0 || row >= g.h || column >= g.w) continue;
                const channel = Math.floor(o / outPerGroup) * perGroup + c;
                sum +=
                  (x[((n * g.c + channel) * g.h + row) * g.w + column] ?? 0) *
                  (weight[((o * perGroup + c) * g.k + p) * g.k + q] ?? 0);
              }
          out.push(sum);
        }
  return out;
}

const inputValues = (feeds: readonly Feed[]): number[][] =>
  feeds.map((feed, i) => [
    ...(feed.values ??
      spreadValues(
        feed.shape.reduce((a, b) => a * b, 1),
        i,
      )),
  ]);

const table = Object.entries(cases).flatMap(([type, entry]) =>
  [entry].flat().map((item: Case, index) => ({ type: type as OpType, name: `${type} #${index + 1}`, item })),
);

describe('operators', () => {
  test.each(table)('$name computes its definition', async ({ item }) => {
    const [actual = []] = await evaluate(item.feeds, (inputs) => [item.build(inputs)]);
    const expected =
      typeof item.forward === 'function' ? item.forward(inputValues(item.feeds)) : item.forward;
    expect(actual.length).toBe(expected.length);
    for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
  });

  const differentiable = table.filter(({ type }) => registry[type].definition.gradient !== notDifferentiable);
  // float32 losses of size 10 carry 1e-6 of noise; over a step of 4e-3 that is 3e-4 of the largest gradient.
  test.each(differentiable)('$name: gradient against finite differences', async ({ item, name }) => {
    if (item.feeds.every((feed) => feed.dtype !== undefined) || name === 'Cast #2') return;
    if (name.startsWith('MatMulNBits')) return; // rounds what it is given: see mat-mul-n-bits.test.ts
    expect(await gradientError(item.feeds, (inputs) => [item.build(inputs)])).toBeLessThan(4e-3);
  });

  test('the registry names every operator as ONNX does', () => {
    for (const [type, { definition }] of Object.entries(registry)) expect(definition.type).toBe(type);
  });
});
