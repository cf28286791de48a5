/** What learns: its names and shapes from the parts themselves, its first values from the bundle. */
import { Graph, Parameters } from '@x-llm/onnx';
import { TrainError } from '../error.ts';
import { type Initialise, ParameterStore } from '../parameter-store.ts';
import type { Base } from './base.ts';

export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Names and shapes of the parameters that a graph asks for. */
export function shapesOf(build: (graph: Graph, parameters: Parameters) => unknown): Shapes {
  const shapes = new Map<string, readonly number[]>();
  const graph = new Graph('shapes');
  build(
    graph,
    new Parameters(graph, (name, shape) => {
      shapes.set(name, shape);
      return 'input';
    }),
  );
  return shapes;
}

export interface LearningOptions {
  readonly base: Base;
  readonly seed: number;
  readonly initialise: 'bundle' | 'random';
  /** For what does not come from the bundle. */
  readonly first?: Initialise;
  /** What the bundle need not have. */
  readonly optional?: boolean;
}

/** A store of these parameters. Throws TrainError `invalid_bundle` for one that the bundle lacks or has in another shape. */
export function learning(shapes: Shapes, options: LearningOptions): ParameterStore {
  const { base, seed, initialise, first, optional = false } = options;
  const store = new ParameterStore({ seed, ...(first ? { initialise: first } : {}) });
  const fail = (why: string): never => {
    throw new TrainError('invalid_bundle', `${base.bundle.path}: ${why}`, 'Choose another bundle.');
  };
  for (const [name, shape] of shapes) {
    if (base.isQuantized(name)) {
      const advice = 'Choose a bundle that was imported with --quantize-encoders none.';
      const why = `${base.bundle.path}: "${name}" is quantised, and numbers of few bits do not learn`;
      throw new TrainError('invalid_bundle', why, advice);
    }
    const weight = initialise === 'bundle' ? base.read(name) : undefined;
    if (!weight) {
      if (initialise === 'bundle' && !optional) fail(`there is no parameter "${name}"`);
      store.require(name, shape);
    } else if (weight.shape.join() === shape.join()) {
      store.set(name, shape, weight.data);
    } else {
      fail(`parameter "${name}" is [${weight.shape}], the model wants [${shape}]`);
    }
  }
  return store;
}
