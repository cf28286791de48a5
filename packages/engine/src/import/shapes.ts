/** Which parameters a network asks for. */
import { Graph, type ParameterSource, Parameters } from '@x-llm/onnx';

export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Shapes of the parameters that `build` asks for, by name. */
export function shapesOf(
  build: (graph: Graph, parameters: Parameters) => unknown,
): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  const source: ParameterSource = (name, shape) => {
    shapes.set(name, shape);
    return 'input';
  };
  const graph = new Graph('shapes');
  build(graph, new Parameters(graph, source));
  return shapes;
}
