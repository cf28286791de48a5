/** Builds a graph over a folder's weights, runs it on ONNX Runtime's CPU, and keeps the results. */
import { type SafetensorsFile, type TensorFile, Weights } from '@x-llm/checkpoint';
import { Graph, type Tensor as GraphTensor, type ParameterSource, Parameters, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { copyOf, type Values } from './comparison.ts';
import { FolderError } from './folder.ts';

export interface Evaluation {
  readonly weights: TensorFile | Weights;
  /** What the graph's inputs get. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** Parameters that gradients are wanted of: fed, not mapped from disk. */
  readonly trained?: readonly string[];
  /** If given, the only parameters there are. */
  readonly only?: ReadonlySet<string>;
  /** Returns the outputs by name. */
  build(graph: Graph, parameters: Parameters): Readonly<Record<string, GraphTensor>>;
}

/** The outputs of `build` by name. */
export async function evaluate({
  weights,
  feeds,
  trained = [],
  only,
  build,
}: Evaluation): Promise<Map<string, Values>> {
  const graph = new Graph('parity');
  const parameters = new Parameters(graph, source(weights, new Set(trained), only));
  for (const [name, tensor] of Object.entries(build(graph, parameters))) graph.output(name, tensor);
  const fed = Object.fromEntries(
    [...parameters.inputs.keys()].map((name) => [name, tensorOf(weights, name)] as const),
  );
  using runtime = Runtime.load();
  using session = await runtime.createSession(toModel(graph));
  const wanted = new Set(session.inputs.map(({ name }) => name)); // unused inputs may be gone
  const given = Object.entries({ ...feeds, ...fed }).filter(([name]) => wanted.has(name));
  const outputs = await session.run(Object.fromEntries(given));
  return new Map(Object.entries(outputs).map(([name, tensor]) => [name, copyOf(tensor)]));
}

/** The parameters of a file, mapped from disk but for those trained. */
export function source(
  weights: TensorFile | Weights,
  trained: ReadonlySet<string> = new Set(),
  only?: ReadonlySet<string>,
): ParameterSource {
  return (name) => {
    const info = weights.tensors.get(name);
    if (!info || (only && !only.has(name))) return undefined;
    if (trained.has(name)) return 'input';
    const { dtype, shape, offset, sizeBytes } = info;
    if (dtype !== 'float32' && dtype !== 'float16' && dtype !== 'bfloat16') {
      throw new FolderError(`${weights.path}: "${name}" is ${dtype}, a weight should be a float`);
    }
    const { path } = weights instanceof Weights ? weights.fileOf(name) : weights;
    return { dtype, shape, data: { path, offset, sizeBytes } };
  };
}

/** A tensor of a file, ready to feed: integers as int64, floats as float32. */
export function tensorOf(weights: TensorFile | Weights, name: string): Tensor {
  const file = weights instanceof Weights ? weights.fileOf(name) : weights;
  const { dtype, shape } = file.info(name);
  if (dtype.includes('float')) return Tensor.from('float32', new Float32Array(file.readFloat32(name)), shape);
  return Tensor.from('int64', BigInt64Array.from(file.read(name), BigInt), shape);
}

/** Feeds by name from a file. */
export const feedsOf = (file: SafetensorsFile, names: readonly string[]): Record<string, Tensor> =>
  Object.fromEntries(names.map((name) => [name, tensorOf(file, name)]));

/** Declares the graph input that `tensor` is fed to; `symbols` rename axes, as `{ 0: 'B' }`. */
export function inputFor(
  graph: Graph,
  name: string,
  tensor: Tensor | undefined,
  symbols: Readonly<Record<number, string>> = {},
): GraphTensor {
  if (!tensor) throw new FolderError(`nothing is fed to "${name}"`);
  const { dtype } = tensor;
  if (dtype !== 'float32' && dtype !== 'int64') throw new FolderError(`"${name}" is ${dtype}`);
  return graph.input(
    name,
    dtype,
    tensor.shape.map((size, axis) => symbols[axis] ?? size),
  );
}

/** The input of a parameter in `trained`. */
export function trainedInput(parameters: Parameters, name: string): GraphTensor {
  const input = parameters.inputs.get(name);
  if (input) return input;
  throw new FolderError(`a gradient of "${name}" is expected, which is no parameter of the model`);
}

/** What stands behind the prefix in the names that have it: the parameters of `grad.NAME`. */
export const namesBehind = (prefix: string, names: Iterable<string>): string[] =>
  [...names].flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

/** Each utterance of `feats` [B, T, F] without its padding, as the feeds of a batch of one. */
export function utterancesAlone(inputs: SafetensorsFile): { feats: Tensor; lengths: Tensor }[] {
  const [, longest = 0, width = 0] = inputs.info('feats').shape;
  const feats = inputs.readFloat32('feats');
  return [...inputs.read('lengths')].map(Number).map((length, row) => {
    const start = row * longest * width;
    const own = new Float32Array(feats.slice(start, start + length * width));
    return {
      feats: Tensor.from('float32', own, [1, length, width]),
      lengths: Tensor.from('int64', BigInt64Array.of(BigInt(length)), [1]),
    };
  });
}
