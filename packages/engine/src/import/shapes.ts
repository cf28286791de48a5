/** Which parameters a network asks for. */
import { Graph, type ParameterSource, Parameters } from '@x-llm/onnx';

export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Shapes of the parameters that `build` asks for, by name. */
export function shapesOf(
  build: (graph: Graph, parameters: Parameters) => unknown,
): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  collect(build, (name, shape) => shapes.set(name, shape));
  return shapes;
}

/** Names of the parameters that `build` only multiplies by. */
export function matricesOf(build: (graph: Graph, parameters: Parameters) => unknown): Set<string> {
  const names = new Set<string>();
  collect(build, (name, _, use) => use === 'matrix' && names.add(name));
  return names;
}

function collect(
  build: (graph: Graph, parameters: Parameters) => unknown,
  tell: ParameterSource extends (...asked: infer Asked) => unknown ? (...asked: Asked) => void : never,
): void {
  const graph = new Graph('shapes');
  const source: ParameterSource = (...asked) => {
    tell(...asked);
    return 'input';
  };
  build(graph, new Parameters(graph, source));
}
