import { formatShape, type Shape } from './dim.ts';
import { type Graph, GraphError, type Tensor, type ValueType } from './graph.ts';
import type { OpType } from './op-types.ts';

export type Attribute = number | boolean | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute | undefined>>;

/** Marks an operator whose output is constant almost everywhere, or that only inference uses. */
export const notDifferentiable: unique symbol = Symbol('notDifferentiable');

export interface GradientContext<A extends Attributes = Attributes> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: A;
  /** dL/d(output), per output; undefined where the loss does not depend on it. */
  readonly gradients: readonly (Tensor | undefined)[];
  /** dL/d(output 0). */
  readonly gradient: Tensor;
  /** Whether dL/d(input `index`) is wanted: rules skip the work for frozen inputs. */
  needs(index: number): boolean;
}

export type GradientRule<A extends Attributes> = (
  context: GradientContext<A>,
) => readonly (Tensor | undefined)[];

/** An ONNX operator: how its outputs' types follow from its inputs, and how a gradient goes back through it. */
export interface OpDefinition<A extends Attributes = Attributes> {
  readonly type: OpType;
  /** '' for ai.onnx, 'com.microsoft' for ONNX Runtime's own. */
  readonly domain?: '' | 'com.microsoft';
  infer(inputs: readonly Tensor[], attributes: A, fail: Fail): readonly ValueType[];
  readonly gradient: GradientRule<A> | typeof notDifferentiable;
}

export type Fail = (message: string) => never;

export interface Operator<A extends Attributes = Attributes> {
  readonly definition: OpDefinition<A>;
  /** Adds a node of this operator and returns its outputs. */
  (inputs: readonly (Tensor | undefined)[], attributes: A): Tensor[];
}

/**
 * Defines an operator. Leaving out `gradient` does not compile: give the rule or `notDifferentiable`.
 * The result emits nodes; the file that defines it wraps it in a function with named parameters.
 */
export function defineOp<A extends Attributes>(definition: OpDefinition<A>): Operator<A> {
  const emit = (inputs: readonly (Tensor | undefined)[], attributes: A): Tensor[] => {
    const graph = graphOf(definition.type, inputs);
    const fail: Fail = (message) => {
      throw new GraphError(`${definition.type}: ${message}`, graph.scopePath);
    };
    const present = inputs as readonly Tensor[]; // an absent optional input is undefined; rules that allow it check
    const types = definition.infer(present, attributes, fail);
    return graph.emit(definition as unknown as OpDefinition, inputs, attributes, types);
  };
  return Object.assign(emit, { definition });
}

function graphOf(type: OpType, inputs: readonly (Tensor | undefined)[]): Graph {
  const graph = inputs.find((input) => input !== undefined)?.graph;
  if (!graph) throw new GraphError(`${type}: needs at least one input`, '');
  for (const input of inputs) {
    if (input && input.graph !== graph) {
      throw new GraphError(
        `${type}: "${input.name}" belongs to the graph "${input.graph.name}"`,
        graph.scopePath,
      );
    }
  }
  return graph;
}

/** The first output of a node that has one. */
export function single(outputs: readonly Tensor[]): Tensor {
  const [output] = outputs;
  if (!output) throw new GraphError('a node without outputs', '');
  return output;
}

/** Requires all inputs to share one dtype and returns it. */
export function sameDType(inputs: readonly (Tensor | undefined)[], fail: Fail): Tensor['dtype'] {
  const present = inputs.filter((input) => input !== undefined);
  const dtype = present[0]?.dtype ?? fail('no inputs');
  if (present.some((input) => input.dtype !== dtype)) {
    fail(`expected one dtype, got ${present.map((input) => input.dtype).join(', ')}`);
  }
  return dtype;
}

/** `[2,3] and [2,4]`: the shapes of tensors, for error messages. */
export const shapesOf = (inputs: readonly Tensor[]): string =>
  inputs.map((input) => formatShape(input.shape)).join(' and ');

/** The dimension at an axis that is known to exist. */
export function at(shape: Shape, axis: number): Shape[number] {
  const dim = shape.at(axis);
  if (dim === undefined) throw new GraphError(`no axis ${axis} in ${formatShape(shape)}`, '');
  return dim;
}
