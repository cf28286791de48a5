import { formatShape, sameShape } from './dim.ts';
import type { DType, TypedArray } from './dtype.ts';
import { type ExternalLocation, type Graph, GraphError, type Tensor } from './graph.ts';
import { cast } from './ops/cast.ts';
import { gather } from './ops/gather.ts';
import type { QuantizedMatrix } from './ops/mat-mul-n-bits.ts';

/** A weight as a checkpoint has it. */
export interface StoredTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray | ExternalLocation;
}

/** A matrix [N, K] as a checkpoint has it in few bits: see `QuantizedMatrix`. */
export interface StoredMatrix {
  readonly bits: 4 | 8;
  readonly blockSize: number;
  readonly packed: StoredTensor;
  readonly scales: StoredTensor;
}

/** What a model does with a parameter: a matrix is only multiplied by, and may be quantised. */
export type ParameterUse = 'matrix' | 'values';

/**
 * Says what stands behind a parameter's name: a stored weight, `'input'` for one that is fed at every run
 * (because it is being trained, or only its shape is wanted), or undefined when there is none.
 */
export type ParameterSource = (
  name: string,
  shape: readonly number[],
  use?: ParameterUse,
) => StoredTensor | StoredMatrix | 'input' | undefined;

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
  /** As they are stored, by full name. */
  readonly #known: Map<string, Tensor | QuantizedMatrix>;
  /** As float32. */
  readonly #floats: Map<string, Tensor>;
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
    this.#floats = parent ? parent.of.#floats : new Map();
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
    const found = this.#find(name, shape, 'values');
    return found && this.#float(name, this.#numbers(name, found));
  }

  /**
   * Rows of the parameter [N, K] at `ids` int64 [...], as float32 [..., K]. Of a stored table only these are read and
   * converted: `gather(get(…), ids)` would have ONNX Runtime hold the whole of it as float32.
   */
  rows(name: string, shape: readonly [number, number], ids: Tensor): Tensor {
    const found = this.#find(name, shape, 'values');
    const table = found ?? this.#fail(`there is no parameter "${this.#name(name)}"`);
    return cast(gather(this.#numbers(name, table), ids), 'float32');
  }

  /** A parameter [N, K] that is only multiplied by: float32, or quantised. Throws as `get` does. */
  matrix(name: string, rows: number, columns: number): Tensor | QuantizedMatrix {
    const found = this.#find(name, [rows, columns], 'matrix');
    const matrix = found ?? this.#fail(`there is no parameter "${this.#name(name)}"`);
    return 'packed' in matrix ? matrix : this.#float(name, matrix);
  }

  #float(name: string, stored: Tensor): Tensor {
    const full = this.#name(name);
    const float = this.#floats.get(full) ?? cast(stored, 'float32');
    this.#floats.set(full, float);
    return float;
  }

  #numbers(name: string, found: Tensor | QuantizedMatrix): Tensor {
    return 'packed' in found
      ? this.#fail(`"${this.#name(name)}" is quantised, and its numbers are wanted`)
      : found;
  }

  #find(name: string, shape: readonly number[], use: ParameterUse): Tensor | QuantizedMatrix | undefined {
    const full = this.#name(name);
    const known = this.#known.get(full);
    if (known) {
      const own = 'packed' in known ? [known.rows, known.columns] : known.shape;
      return sameShape(own, shape) ? known : this.#mismatch(full, own, shape);
    }
    const found = this.#source(full, shape, use);
    if (found === undefined) return undefined;
    const made = this.#make(full, shape, found);
    this.#known.set(full, made);
    return made;
  }

  #make(
    name: string,
    shape: readonly number[],
    found: Exclude<ReturnType<ParameterSource>, undefined>,
  ): Tensor | QuantizedMatrix {
    if (found === 'input') return this.#input(name, shape);
    return 'packed' in found ? this.#matrix(name, shape, found) : this.#stored(name, shape, found);
  }

  #matrix(name: string, [rows = 1, columns = 1]: readonly number[], stored: StoredMatrix): QuantizedMatrix {
    const { bits, blockSize, packed, scales } = stored;
    const blocks = Math.ceil(columns / blockSize);
    const bytes = (blockSize * bits) / 8;
    if (!sameShape(packed.shape, [rows, blocks, bytes]))
      this.#mismatch(name, packed.shape, [rows, blocks, bytes]);
    if (!sameShape(scales.shape, [rows, blocks]))
      this.#mismatch(`${name} (scales)`, scales.shape, [rows, blocks]);
    return {
      rows,
      columns,
      bits,
      blockSize,
      packed: this.graph.initializer(`${name}.q${bits}`, packed.dtype, packed.shape, packed.data),
      scales: cast(
        this.graph.initializer(`${name}.scales`, scales.dtype, scales.shape, scales.data),
        'float32',
      ),
    };
  }

  #input(name: string, shape: readonly number[]): Tensor {
    const tensor = this.graph.input(name, 'float32', shape);
    this.#inputs.set(name, tensor);
    return tensor;
  }

  #stored(name: string, shape: readonly number[], stored: StoredTensor): Tensor {
    if (!sameShape(stored.shape, shape)) this.#mismatch(name, stored.shape, shape);
    return this.graph.initializer(name, stored.dtype, stored.shape, stored.data);
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
