/** Weights for tests, drawn at random. */
import type { TensorSource } from '@x-llm/checkpoint';
import type { ParameterSource } from '@x-llm/onnx';
import { createRandom, type Random } from '../sampling/random.ts';

/** Shapes of the weights that a graph asks for, by name. */
export function collect(shapes: Map<string, readonly number[]>): ParameterSource {
  return (name, shape) => {
    shapes.set(name, shape);
    return 'input';
  };
}

/** Normal numbers that weights are drawn from. */
const poolSize = 65_536;

/** So many of them, of mean 0 and deviation 1. */
export const normalNumbers = (length: number, seed: number): Float64Array<ArrayBuffer> =>
  normalsFrom(createRandom(seed), length);

const normalsFrom = (random: Random, length: number): Float64Array<ArrayBuffer> =>
  Float64Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );

/** Attention is made strong: answers should depend on everything that was read. */
function deviationOf(name: string, fanIn: number): number {
  if (/embeddings|tokens|cls/.test(name)) return 1;
  return (/attention|attn/.test(name) ? 3 : 1) * fanIn ** -0.5;
}

/** Weights as large as training leaves them, so that scores differ from token to token. */
export function randomWeights(shapes: ReadonlyMap<string, readonly number[]>, seed: number): TensorSource[] {
  const random = createRandom(seed);
  // Drawn from a pool: millions of logarithms would take most of a test's time.
  const pool = normalsFrom(random, poolSize);
  const normal = () => pool[Math.floor(random() * poolSize)] ?? 0;
  return [...shapes].map(([name, shape]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const isNormScale = /norm|ln_/i.test(name) && /(weight|running_var)$/.test(name) && shape.length === 1;
    const deviation = shape.length < 2 ? 0.1 : deviationOf(name, count / (shape[0] ?? 1));
    const data = Float16Array.from({ length: count }, () => (isNormScale ? 1 : 0) + deviation * normal());
    return { name, dtype: 'float16', shape, data };
  });
}
