/** Test support: builds a model over made-up weights and runs it. */
import { Graph, Parameters, type Tensor, toModel } from '@x-llm/onnx';
import { Runtime, Tensor as Value } from '@x-llm/ort';

/** Uniform numbers in [0, 1), the same at every run (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values in (−1, 1); the seed can be a name. */
export function noise(shape: readonly number[], seed: number | string): Float32Array<ArrayBuffer> {
  const start = typeof seed === 'number' ? seed : [...seed].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7);
  const next = uniform(start);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * next() - 1);
}

export const floats = (shape: readonly number[], seed: number | string): Value =>
  Value.from('float32', noise(shape, seed), shape);

export const integers = (shape: readonly number[], values: readonly number[]): Value =>
  Value.from('int64', BigInt64Array.from(values, BigInt), shape);

/** What a run gave: shape and plain numbers. */
export interface Result {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** `set` replaces what a parameter would be by default, noise seeded by its name. */
export async function evaluate(
  feeds: Readonly<Record<string, Value>>,
  build: (graph: Graph, parameters: Parameters) => Readonly<Record<string, Tensor>>,
  set: Readonly<Record<string, Float32Array<ArrayBuffer>>> = {},
): Promise<Record<string, Result>> {
  const graph = new Graph('test');
  const shapes = new Map<string, readonly number[]>();
  const parameters = new Parameters(graph, (name, shape) => {
    shapes.set(name, shape);
    return 'input';
  });
  for (const [name, tensor] of Object.entries(build(graph, parameters))) graph.output(name, tensor);
  const weights = [...shapes].map(([name, shape]) => [
    name,
    Value.from('float32', set[name] ?? noise(shape, name), shape),
  ]);
  using runtime = Runtime.load();
  using session = await runtime.createSession(toModel(graph));
  const outputs = await session.run({ ...feeds, ...Object.fromEntries(weights) });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { shape: [...value.shape], values: Array.from(value.data, Number) },
    ]),
  );
}

/** The largest difference, relative to the largest expected value. */
export function difference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  return (
    expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0) /
    scale
  );
}
