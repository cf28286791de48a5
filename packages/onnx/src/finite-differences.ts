/** Test support: runs a graph, and compares its gradients with central finite differences. */
import { Runtime, type Session, Tensor as Value } from '@x-llm/ort';
import { gradients } from './gradients.ts';
import { Graph, type Tensor } from './graph.ts';
import { mul, reduceSum } from './ops/index.ts';
import { toModel } from './serialize.ts';

export type Feed = {
  readonly shape: readonly number[];
  readonly values?: readonly number[];
  readonly dtype?: 'int64' | 'int32' | 'bool';
};

/** Deterministic values in about (−2, 2) with no two alike, so that no operand sits on a kink. */
export const spreadValues = (count: number, phase = 0): number[] =>
  Array.from({ length: count }, (_, i) => 1.9 * Math.sin(1.7 * i + 0.3 + phase) + 0.01 * i);

const runtime = Runtime.load({ intraOpThreads: 1 });

function values(feed: Feed, phase: number): Value {
  const count = feed.shape.reduce((product, dim) => product * dim, 1);
  const numbers = feed.values ?? spreadValues(count, phase);
  if (feed.dtype === 'int64')
    return Value.from(
      'int64',
      BigInt64Array.from(numbers, (n) => BigInt(n)),
      feed.shape,
    );
  if (feed.dtype === 'int32') return Value.from('int32', Int32Array.from(numbers), feed.shape);
  if (feed.dtype === 'bool') return Value.from('bool', Uint8Array.from(numbers), feed.shape);
  return Value.from('float32', Float32Array.from(numbers), feed.shape);
}

/** Evaluates a graph on feeds; the outputs are its results `y0`, `y1`, …. */
export async function evaluate(
  feeds: readonly Feed[],
  build: (inputs: Tensor[]) => Tensor[],
): Promise<number[][]> {
  const graph = new Graph('evaluate');
  const inputs = feeds.map((feed, i) => graph.input(`x${i}`, feed.dtype ?? 'float32', feed.shape));
  const results = build(inputs);
  for (const [i, result] of results.entries()) graph.output(`y${i}`, result);
  using session = await runtime.createSession(toModel(graph), { optimization: 'disabled' });
  const out = session.runSync(Object.fromEntries(feeds.map((feed, i) => [`x${i}`, values(feed, i)])));
  return results.map((_, i) => Array.from(out[`y${i}`]?.data ?? [], Number));
}

/**
 * The largest difference, relative to the largest gradient, between what `gradients` computes and central
 * differences of L = Σ r·y over all float outputs, r fixed weights. Inputs listed in `frozen` get none.
 */
export async function gradientError(
  feeds: readonly Feed[],
  build: (inputs: Tensor[]) => Tensor[],
  step = 2e-3,
): Promise<number> {
  const wanted = feeds.flatMap((feed, i) => (feed.dtype === undefined ? [i] : []));
  using session = await lossSession(feeds, build, wanted);
  const tensors = Object.fromEntries(feeds.map((feed, i) => [`x${i}`, values(feed, i)]));
  const first = session.runSync(tensors);
  const analytic = wanted.map((i) => Array.from(first[`g${i}`]?.data ?? [], Number));
  let worst = 0;
  wanted.forEach((input, index) => {
    const tensor = tensors[`x${input}`];
    const found = analytic[index] ?? [];
    if (!tensor || tensor.data.length !== found.length) throw new Error('a gradient of another size');
    const data = tensor.data as Float32Array;
    const scale = Math.max(...found.map(Math.abs), 1e-2);
    found.forEach((gradient, element) => {
      const before = data[element] as number;
      const loss = (value: number) => {
        data[element] = value;
        return { at: data[element] as number, loss: Number(session.runSync(tensors)['loss']?.data[0]) };
      };
      const [up, down] = [loss(before + step), loss(before - step)];
      data[element] = before;
      worst = Math.max(worst, Math.abs((up.loss - down.loss) / (up.at - down.at) - gradient) / scale);
    });
  });
  return worst;
}

async function lossSession(
  feeds: readonly Feed[],
  build: (inputs: Tensor[]) => Tensor[],
  wanted: readonly number[],
): Promise<Session> {
  const graph = new Graph('gradient');
  const inputs = feeds.map((feed, i) => graph.input(`x${i}`, feed.dtype ?? 'float32', feed.shape));
  const terms = build(inputs).map((result, i) => {
    const shape = result.shape.map(Number);
    const count = shape.reduce((product, dim) => product * dim, 1);
    return reduceSum(mul(result, graph.constant('float32', shape, spreadValues(count, 5 + i))));
  });
  const [only] = terms;
  if (!only || terms.length !== 1) throw new Error('one result, please');
  const found = gradients(
    only,
    wanted.map((i) => inputs[i]).filter((tensor) => tensor !== undefined),
  );
  graph.output('loss', only);
  wanted.forEach((i, index) => {
    const gradient = found[index];
    if (gradient) graph.output(`g${i}`, gradient);
  });
  return runtime.createSession(toModel(graph), { optimization: 'disabled' });
}
