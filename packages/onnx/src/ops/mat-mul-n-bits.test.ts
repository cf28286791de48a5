import { Runtime, Tensor } from '@x-llm/ort';
import { expect, test } from 'vitest';
import { gradients } from '../gradients.ts';
import { Graph } from '../graph.ts';
import { toModel } from '../serialize.ts';
import { matMulNBits, mul, reduceSum } from './index.ts';

/** Numbers that depend on their place alone. */
const spread = (count: number, by: number): number[] =>
  Array.from({ length: count }, (_, at) => (at * by) % 16);

test.each([
  [4, 64],
  [4, 40], // the last block is not full
  [8, 64],
] as const)('%i bits, %i columns: the gradient is dy·W', async (bits, columns) => {
  const [rows, blockSize] = [3, 32];
  const blocks = Math.ceil(columns / blockSize);
  const codes = spread(rows * blocks * blockSize, 7);
  const packed =
    bits === 8
      ? Uint8Array.from(codes)
      : Uint8Array.from(
          { length: codes.length / 2 },
          (_, at) => (codes[2 * at] ?? 0) | ((codes[2 * at + 1] ?? 0) << 4),
        );
  const scales = Float32Array.from({ length: rows * blocks }, (_, at) => 0.25 * (at - 1.5));
  const graph = new Graph('product');
  const x = graph.input('x', 'float32', [2, 1, columns]);
  const weight = graph.input('weight', 'float32', [2, 1, rows]);
  const y = matMulNBits(x, {
    rows,
    columns,
    bits,
    blockSize,
    packed: graph.initializer('w.packed', 'uint8', [rows, blocks, (blockSize * bits) / 8], packed),
    scales: graph.initializer('w.scales', 'float32', [rows, blocks], scales),
  });
  const [dx] = gradients(reduceSum(mul(y, weight), [0, 1, 2]), [x]);
  if (!dx) throw new Error('no gradient');
  graph.output('dx', dx);
  using runtime = Runtime.load({ intraOpThreads: 1 });
  using session = await runtime.createSession(toModel(graph));
  const dy = [1, -2, 3, 0.5, 0, -1];
  const found = session.runSync({
    x: Tensor.from('float32', Float32Array.from(spread(2 * columns, 3)), [2, 1, columns]),
    weight: Tensor.from('float32', Float32Array.from(dy), [2, 1, rows]),
  }).dx;
  const w = (row: number, column: number): number => {
    const at = row * blocks * blockSize + column;
    return ((codes[at] ?? 0) - 2 ** (bits - 1)) * (scales[Math.floor(at / blockSize)] ?? 0);
  };
  const expected = [0, 1].flatMap((batch) =>
    Array.from({ length: columns }, (_, column) =>
      [0, 1, 2].reduce((sum, row) => sum + (dy[3 * batch + row] ?? 0) * w(row, column), 0),
    ),
  );
  expect([...(found?.as('float32').data ?? [])]).toEqual(expected.map((value) => expect.closeTo(value, 3)));
});

test('a gradient through weights that are computed is refused', () => {
  const graph = new Graph('product');
  const x = graph.input('x', 'float32', [1, 32]);
  const y = matMulNBits(x, {
    rows: 1,
    columns: 32,
    bits: 4,
    blockSize: 32,
    packed: graph.input('packed', 'uint8', [1, 1, 16]),
    scales: graph.input('scales', 'float32', [1, 1]),
  });
  expect(() => gradients(reduceSum(y, [0, 1]), [x])).toThrow(/stored weights only/);
});
