import type { StoredTensor } from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { createRandom, seedOf } from './random.ts';

/** The parameters that learn: float32 arrays by checkpoint name, fed to the training graph without a copy. */
export interface TrainedParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
  /** The same memory, as ONNX Runtime sees it. */
  readonly tensor: Tensor;
}

/** Gives a new parameter its first values. `random` is seeded by the store's seed and the parameter's name. */
export type Initialise = (
  name: string,
  shape: readonly number[],
  random: ReturnType<typeof createRandom>,
) => Float32Array<ArrayBuffer>;

const length = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** BERT's and GPT's rule: weights N(0, 0.02), biases 0, norm scales 1 (told apart by name and rank). */
export const initialiseTransformer: Initialise = (name, shape, random) => {
  const data = new Float32Array(length(shape));
  if (name.endsWith('bias')) return data;
  if (shape.length === 1) return data.fill(1);
  return data.map(() => 0.02 * random.normal());
};

export class ParameterStore {
  readonly #parameters = new Map<string, TrainedParameter>();
  readonly #seed: number;
  readonly #initialise: Initialise;

  constructor(options: { seed: number; initialise?: Initialise }) {
    this.#seed = options.seed;
    this.#initialise = options.initialise ?? initialiseTransformer;
  }

  get size(): number {
    return this.#parameters.size;
  }

  /** Number of trained values. */
  get count(): number {
    let count = 0;
    for (const { data } of this) count += data.length;
    return count;
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** The parameter of that name, made on first request; throws when it exists in another shape. */
  require(name: string, shape: readonly number[]): TrainedParameter {
    const known = this.#parameters.get(name);
    if (!known) {
      return this.set(name, shape, this.#initialise(name, shape, createRandom(seedOf(this.#seed, name))));
    }
    if (known.shape.join() !== shape.join()) {
      throw new Error(`parameter "${name}" is [${known.shape}], the model wants [${shape}]`);
    }
    return known;
  }

  /** Adds a parameter, or overwrites the values of one that has this name and shape. */
  set(name: string, shape: readonly number[], values: Float32Array<ArrayBuffer>): TrainedParameter {
    const known = this.#parameters.get(name);
    if (known) {
      if (known.shape.join() !== shape.join() || known.data.length !== values.length) {
        throw new Error(
          `parameter "${name}" is [${known.shape}], given [${shape}] of ${values.length} values`,
        );
      }
      known.data.set(values);
      return known;
    }
    const parameter = { name, shape, data: values, tensor: Tensor.from('float32', values, shape) };
    this.#parameters.set(name, parameter);
    return parameter;
  }

  /** Overwrites what is here by what `weights` have under the same name; further weights are left out. */
  take(weights: ReadonlyMap<string, StoredTensor>): void {
    for (const [name, { shape, data }] of weights) {
      if (!this.has(name)) continue;
      if (!(data instanceof Float32Array)) throw new TypeError(`"${name}" is not float32 in memory`);
      this.set(name, shape, data.slice());
    }
  }

  [Symbol.iterator](): IterableIterator<TrainedParameter> {
    return this.#parameters.values();
  }
}
