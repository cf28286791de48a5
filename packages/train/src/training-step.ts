import { Graph, gradients, type ParameterSource, Parameters, type Tensor, toModel } from '@x-llm/onnx';
import { Tensor as OrtTensor, type Runtime, type Session } from '@x-llm/ort';
import type { ParameterStore } from './parameter-store.ts';

/** What a training graph computes: the loss to go down, and whatever else is worth watching. */
export interface TrainingOutputs {
  readonly loss: Tensor;
  readonly metrics?: Readonly<Record<string, Tensor>>;
}

export interface TrainingStepOptions {
  readonly runtime: Runtime;
  readonly name: string;
  /** Declares inputs and builds the model; called once, with known sizes. */
  readonly build: (graph: Graph, parameters: Parameters) => TrainingOutputs;
  /** Parameters that learn. */
  readonly store: ParameterStore;
  /** Parameters that do not: consulted first, so that what it has stays frozen. */
  readonly frozen?: ParameterSource;
  /**
   * How many equal parts a batch is run in, several at a time; the graph is built for one of them. What a part computes
   * stays in the processor's caches, and threads wait for each other once a batch, not at every node (docs/decisions/0026).
   */
  readonly parts?: number;
}

/** A graph's inputs besides its parameters. */
export type StepInputs = Readonly<Record<string, OrtTensor>>;

/**
 * One forward and backward pass as one graph: loss, metrics and the gradients of all trained parameters,
 * written into buffers that are made once.
 */
export class TrainingStep {
  /** Gradients of the last run, by parameter; overwritten by the next. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly #session: Session;
  readonly #parameters: StepInputs;
  /** Of each part. */
  readonly #outputs: readonly StepInputs[];
  /** How many parts run at the same time. */
  readonly #atOnce: number;

  private constructor(
    session: Session,
    parameters: StepInputs,
    outputs: readonly StepInputs[],
    gradients: ReadonlyMap<string, Float32Array>,
    atOnce: number,
  ) {
    this.#session = session;
    this.#parameters = parameters;
    this.#outputs = outputs;
    this.gradients = gradients;
    this.#atOnce = atOnce;
  }

  static async create(options: TrainingStepOptions): Promise<TrainingStep> {
    const { runtime, store, frozen, parts = 1 } = options;
    const graph = new Graph(options.name);
    const parameters = new Parameters(graph, (name, shape, use) => {
      const stored = frozen?.(name, shape, use);
      if (stored !== undefined) return stored;
      store.require(name, shape);
      return 'input';
    });
    const { loss, metrics = {} } = options.build(graph, parameters);
    graph.output('loss', loss);
    for (const [name, tensor] of Object.entries(metrics)) graph.output(metricPrefix + name, tensor);

    const used = [...parameters.inputs];
    const found = gradients(
      loss,
      used.map(([, tensor]) => tensor),
    );
    const feeds: Record<string, OrtTensor> = {};
    const learning: { name: string; shape: readonly number[] }[] = [];
    used.forEach(([name], index) => {
      const gradient = found[index];
      if (!gradient) return;
      const { shape, tensor } = store.require(name, gradient.shape.map(Number));
      graph.output(gradientPrefix + name, gradient);
      feeds[name] = tensor;
      learning.push({ name, shape });
    });
    const outputs = Array.from({ length: parts }, () => {
      const own: Record<string, OrtTensor> = { loss: OrtTensor.zeros('float32', []) };
      for (const { name, shape } of learning) own[gradientPrefix + name] = OrtTensor.zeros('float32', shape);
      for (const [name, tensor] of Object.entries(metrics)) {
        if (tensor.dtype === 'uint4') throw new TypeError(`the metric ${name} is uint4: only weights are`);
        own[metricPrefix + name] = OrtTensor.zeros(tensor.dtype, tensor.shape.map(Number));
      }
      return own;
    });
    const buffers = new Map(learning.map(({ name }) => [name, float32(outputs[0]?.[gradientPrefix + name])]));
    const { intraOpThreads, concurrentRuns } = runtime;
    const atOnce = Math.min(parts, intraOpThreads, concurrentRuns);
    const session = await runtime.createSession(toModel(graph), {
      keepTransposes: true,
      // Each part is run by a thread of its own; only those that are left are shared.
      ...(parts > 1 ? { intraOpThreads: intraOpThreads - atOnce + 1, allowSpinning: false } : {}),
    });
    return new TrainingStep(session, feeds, outputs, buffers, atOnce);
  }

  /** Runs one batch, or one part of it where there are parts. */
  run(
    inputs: StepInputs,
    signal?: AbortSignal,
  ): Promise<{ loss: number; metrics: Record<string, OrtTensor> }> {
    return this.runParts([inputs], signal ? { signal } : {});
  }

  /**
   * Runs the parts of a batch, at most as many as the step was made for. Loss, metrics and gradients are the means of
   * theirs, in which a part counts by its weight: those of the whole batch, if the weight is what its loss is a mean over.
   * They do not depend on which part ends first.
   */
  async runParts(
    parts: readonly StepInputs[],
    { weights, signal }: { readonly weights?: readonly number[]; readonly signal?: AbortSignal } = {},
  ): Promise<{ loss: number; metrics: Record<string, OrtTensor> }> {
    if (parts.length === 0 || parts.length > this.#outputs.length) {
      throw new RangeError(
        `a batch of ${parts.length} parts, where there is room for ${this.#outputs.length}`,
      );
    }
    const waiting = [...parts.entries()];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [part, inputs] = next;
        const outputs = this.#outputs[part] ?? {};
        await this.#session.run(
          { ...inputs, ...this.#parameters },
          signal ? { outputs, signal } : { outputs },
        );
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: this.#atOnce }, worker));
    for (const run of workers) if (run.status === 'rejected') throw run.reason;
    const used = this.#outputs.slice(0, parts.length);
    const [first = {}] = used;
    if (used.length > 1) {
      const shares = sharesOf(weights ?? parts.map(() => 1), used.length);
      for (const name of Object.keys(first)) {
        toMean(
          used.map((outputs) => float32(outputs[name])),
          shares,
        );
      }
    }
    const metrics = Object.entries(first)
      .filter(([name]) => name.startsWith(metricPrefix))
      .map(([name, value]) => [name.slice(metricPrefix.length), value] as const);
    return { loss: float32(first['loss'])[0] ?? Number.NaN, metrics: Object.fromEntries(metrics) };
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}

const gradientPrefix = 'gradient/';
const metricPrefix = 'metric/';

function float32(tensor: Pick<OrtTensor, 'data'> | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new TypeError('only float32 has a mean');
}

function sharesOf(weights: readonly number[], count: number): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== count || !(sum > 0) || weights.some((weight) => !(weight >= 0))) {
    throw new RangeError(`weights [${weights}] of ${count} parts: each 0 or more, and not all 0`);
  }
  return weights.map((weight) => weight / sum);
}

/** The first becomes the mean of all, of which each has its share. */
function toMean([first, ...others]: readonly Float32Array[], [own = 1, ...shares]: readonly number[]): void {
  if (!first) return;
  for (let i = 0; i < first.length; i++) first[i] = (first[i] as number) * own;
  for (const [index, other] of others.entries()) {
    const share = shares[index] ?? 0;
    for (let i = 0; i < first.length; i++) first[i] = (first[i] as number) + share * (other[i] as number);
  }
}
