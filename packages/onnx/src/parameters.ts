import { formatShape, sameShape } from './dim.ts';
import type { DType, TypedArray } from './dtype.ts';
import { type ExternalLocation, type Graph, GraphError, type Tensor } from './graph.ts';
import { cast } from './ops/cast.ts';

/** A weight as a checkpoint has it. */
export interface StoredTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray | ExternalLocation;
}

/**
 * Says what stands behind a parameter's name: a stored weight, `'input'` for one that is fed at every run
 * (because it is being trained, or only its shape is wanted), or undefined when there is none.
 */
export type ParameterSource = (name: string, shape: readonly number[]) => StoredTensor | 'input' | undefined;

/**
 * Parameters by the names a checkpoint gives them. A model asks for `parameters.at('layers.0').get('weight', [8, 4])`
 * and does not know whether the answer is mapped from disk, embedded, or trained.
 */
export class Parameters {
  readonly graph: Graph;
  /** The parameters that are graph inputs, by full name, in the order they were asked for. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly #source: ParameterSource;
  readonly #prefix: string;
  readonly #known: Map<string, Tensor>;
  readonly #inputs: Map<string, Tensor>;

  constructor(
    graph: Graph,
    source: ParameterSource,
    parent?: { readonly of: Parameters; readonly prefix: string },
  ) {
    this.graph = graph;
    this.#source = source;
    this.#prefix = parent ? parent.prefix : '';
    this.#known = parent ? parent.of.#known : new Map();
    this.#inputs = parent ? parent.of.#inputs : new Map();
    this.inputs = this.#inputs;
  }

  /** The parameters below `name`: `at('a').at('b').get('c')` is `get('a.b.c')`. */
  at(name: string): Parameters {
    return new Parameters(this.graph, this.#source, { of: this, prefix: this.#name(name) });
  }

  /** The parameter as float32 of `shape`; throws naming it when it is missing or has another shape. */
  get(name: string, shape: readonly number[]): Tensor {
    return this.optional(name, shape) ?? this.#fail(`there is no parameter "${this.#name(name)}"`);
  }

  /** The same, or undefined when the source has none. */
  optional(name: string, shape: readonly number[]): Tensor | undefined {
    const full = this.#name(name);
    const known = this.#known.get(full);
    if (known) return sameShape(known.shape, shape) ? known : this.#mismatch(full, known.shape, shape);
    const found = this.#source(full, shape);
    if (found === undefined) return undefined;
    const tensor = found === 'input' ? this.#input(full, shape) : this.#stored(full, shape, found);
    this.#known.set(full, tensor);
    return tensor;
  }

  #input(name: string, shape: readonly number[]): Tensor {
    const tensor = this.graph.input(name, 'float32', shape);
    this.#inputs.set(name, tensor);
    return tensor;
  }

  #stored(name: string, shape: readonly number[], stored: StoredTensor): Tensor {
    if (!sameShape(stored.shape, shape)) this.#mismatch(name, stored.shape, shape);
    return cast(this.graph.initializer(name, stored.dtype, stored.shape, stored.data), 'float32');
  }

  #mismatch(name: string, stored: Tensor['shape'], wanted: readonly number[]): never {
    return this.#fail(
      `parameter "${name}" is ${formatShape(stored)}, the model wants ${formatShape(wanted)}`,
    );
  }

  #name(name: string): string {
    return this.#prefix ? `${this.#prefix}.${name}` : name;
  }

  #fail(message: string): never {
    throw new GraphError(message, this.graph.scopePath);
  }
}
