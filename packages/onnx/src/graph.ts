import { canonical, type Dim, formatShape, type Shape, termsOf } from './dim.ts';
import { type DType, pack, type TypedArray } from './dtype.ts';
import type { Attributes, OpDefinition } from './op.ts';

/** Where a weight lies on disk: ONNX Runtime maps the byte range itself. */
export interface ExternalLocation {
  /** Absolute path. */
  readonly path: string;
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface ValueType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A value of a graph: a handle, never data. Made by inputs, initialisers and operators. */
export interface Tensor extends ValueType {
  readonly graph: Graph;
  readonly name: string;
  /** The node that computes it; undefined for inputs and initialisers. */
  readonly producer: Node | undefined;
  /** The values, where they are known while building (constants made with `graph.constant`). */
  readonly values: TypedArray | undefined;
}

export interface Node {
  readonly op: OpDefinition;
  readonly name: string;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly scope: string;
}

export interface Initializer extends ValueType {
  readonly tensor: Tensor;
  readonly data: TypedArray | ExternalLocation;
}

/**
 * Collects nodes in topological order, inferring dtype and shape as they are added.
 *
 * ```ts
 * const graph = new Graph('square');
 * const x = graph.input('x', 'float32', ['B', 3]);
 * graph.output('y', mul(x, x));
 * const model = toModel(graph);   // see serialize.ts
 * ```
 */
export class Graph {
  readonly name: string;
  readonly inputs: Tensor[] = [];
  readonly outputs: { readonly name: string; readonly tensor: Tensor }[] = [];
  readonly nodes: Node[] = [];
  readonly initializers: Initializer[] = [];
  readonly #names = new Set<string>();
  readonly #scopes: string[] = [];
  readonly #constants = new Map<string, Tensor>();
  readonly #symbols = new Map<string, { tensor: Tensor; axis: number; factor: number; rest: number }>();
  readonly #dims = new Map<string, Tensor>();
  #counter = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** The path of the code that is building now, e.g. `x-llm/q-former/layer.3/attention`. */
  get scopePath(): string {
    return this.#scopes.join('/');
  }

  /** Runs `build` with `name` appended to the scope path that errors and node names carry. */
  scope<Result>(name: string, build: () => Result): Result {
    this.#scopes.push(name);
    try {
      return build();
    } finally {
      this.#scopes.pop();
    }
  }

  /**
   * Declares an input; a symbol in `shape` is bound to the first input with a dimension that holds it alone, as it is or
   * as a multiple with a constant: `8*S+3`.
   */
  input(name: string, dtype: DType, shape: Shape): Tensor {
    const tensor = this.#tensor(this.#claim(name), dtype, shape.map(canonical), undefined, undefined);
    this.inputs.push(tensor);
    tensor.shape.forEach((dim, axis) => {
      const found = symbolIn(dim);
      if (found && !this.#symbols.has(found.symbol))
        this.#symbols.set(found.symbol, { tensor, axis, ...found });
    });
    return tensor;
  }

  /** Declares an output under a name of its own. */
  output(name: string, tensor: Tensor): void {
    if (tensor.graph !== this)
      throw new GraphError(`output "${name}" belongs to another graph`, this.scopePath);
    this.#claim(name);
    this.outputs.push({ name, tensor });
  }

  /** A weight: data in memory, or a byte range of a file. */
  initializer(
    name: string,
    dtype: DType,
    shape: readonly number[],
    data: TypedArray | ExternalLocation,
  ): Tensor {
    const tensor = this.#tensor(this.#claim(name), dtype, shape, undefined, undefined);
    this.initializers.push({ tensor, dtype, shape, data });
    return tensor;
  }

  /** A small constant whose values shape rules may read; equal constants are shared. */
  constant(dtype: DType, shape: readonly number[], values: readonly number[] | TypedArray): Tensor {
    const size = shape.reduce((product, dim) => product * dim, 1);
    if (values.length !== size) {
      throw new GraphError(
        `constant of shape ${formatShape(shape)} given ${values.length} values`,
        this.scopePath,
      );
    }
    const data = Array.isArray(values) ? pack(dtype, values as readonly number[]) : (values as TypedArray);
    const key =
      size <= 64
        ? `${dtype}${formatShape(shape)}${[...data].map((v) => (Object.is(v, -0) ? '-0' : v)).join()}`
        : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known) return known;
    const tensor = this.#tensor(this.#claim(`constant.${this.#counter++}`), dtype, shape, undefined, data);
    this.initializers.push({ tensor, dtype, shape, data });
    if (key !== undefined) this.#constants.set(key, tensor);
    return tensor;
  }

  /** A scalar constant of the given type. */
  scalar(dtype: DType, value: number): Tensor {
    return this.constant(dtype, [], [value]);
  }

  /** Adds a node and returns its outputs. Operators call this; models call operators. */
  emit(
    op: OpDefinition,
    inputs: readonly (Tensor | undefined)[],
    attributes: Attributes,
    types: readonly ValueType[],
  ): Tensor[] {
    const scope = this.scopePath;
    const name = this.#claim(`${scope ? `${scope}/` : ''}${op.type}.${this.#counter++}`);
    const outputs: Tensor[] = [];
    const node: Node = { op, name, inputs, outputs, attributes, scope };
    types.forEach((type, index) => {
      outputs.push(
        this.#tensor(index === 0 ? name : `${name}:${index}`, type.dtype, type.shape, node, undefined),
      );
    });
    this.nodes.push(node);
    return outputs;
  }

  /**
   * A dimension as an int64 tensor of shape [1]: a constant for a number, otherwise computed at run time
   * from the input that carries the symbol. `emitters` breaks the import cycle with the operators.
   */
  dim(dim: Dim, emitters: DimEmitters): Tensor {
    if (typeof dim === 'number') return this.constant('int64', [1], [dim]);
    const known = this.#dims.get(dim);
    if (known) return known;
    const bound = this.#symbols.get(dim);
    const tensor = bound ? this.#symbol(bound, emitters) : this.#expression(dim, emitters);
    this.#dims.set(dim, tensor);
    return tensor;
  }

  #symbol(
    bound: { tensor: Tensor; axis: number; factor: number; rest: number },
    emitters: DimEmitters,
  ): Tensor {
    const { tensor, axis, factor, rest } = bound;
    const size = emitters.size(tensor, axis);
    const multiple = rest === 0 ? size : emitters.add(size, this.dim(-rest, emitters));
    return factor === 1 ? multiple : emitters.div(multiple, this.dim(factor, emitters));
  }

  #expression(dim: string, emitters: DimEmitters): Tensor {
    const terms = termsOf(dim);
    if (terms.length === 1 && terms[0]?.coefficient === 1 && terms[0].symbols.length === 1) {
      throw new GraphError(`the symbol "${dim}" is not a dimension of any input`, this.scopePath);
    }
    return terms
      .map(({ coefficient, symbols }) =>
        symbols
          .map((symbol) => this.dim(symbol, emitters))
          .reduce(emitters.mul, this.dim(coefficient, emitters)),
      )
      .reduce(emitters.add);
  }

  #tensor(
    name: string,
    dtype: DType,
    shape: Shape,
    producer: Node | undefined,
    values: TypedArray | undefined,
  ): Tensor {
    return { graph: this, name, dtype, shape, producer, values };
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new GraphError(`the name "${name}" is taken`, this.scopePath);
    this.#names.add(name);
    return name;
  }
}

/** What `Graph.dim` needs of the operators. */
export interface DimEmitters {
  size(tensor: Tensor, axis: number): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
}

/** The symbol S of a dimension factor·S + rest; undefined for others. */
function symbolIn(dim: Dim): { symbol: string; factor: number; rest: number } | undefined {
  const terms = termsOf(dim);
  const [term, ...others] = terms.filter(({ symbols }) => symbols.length > 0);
  const [symbol, ...more] = term?.symbols ?? [];
  if (!term || symbol === undefined || others.length > 0 || more.length > 0) return undefined;
  const rest = terms.find(({ symbols }) => symbols.length === 0)?.coefficient ?? 0;
  return { symbol, factor: term.coefficient, rest };
}

/** A mistake in building a graph; the message ends in the scope path. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly scopePath: string;
  constructor(message: string, scopePath: string) {
    super(scopePath ? `${message} (${scopePath})` : message);
    this.scopePath = scopePath;
  }
}
