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
}

/**
 * One forward and backward pass as one graph: loss, metrics and the gradients of all trained parameters,
 * written into buffers that are made once.
 */
export class TrainingStep {
  /** Gradients of the last run, by parameter; overwritten by the next. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly #session: Session;
  readonly #parameters: Readonly<Record<string, OrtTensor>>;
  readonly #outputs: Readonly<Record<string, OrtTensor>>;
  readonly #metrics: readonly string[];

  private constructor(
    session: Session,
    parameters: Record<string, OrtTensor>,
    outputs: Record<string, OrtTensor>,
    metrics: readonly string[],
    buffers: Map<string, Float32Array>,
  ) {
    this.#session = session;
    this.#parameters = parameters;
    this.#outputs = outputs;
    this.#metrics = metrics;
    this.gradients = buffers;
  }

  static async create(options: TrainingStepOptions): Promise<TrainingStep> {
    const { runtime, store, frozen } = options;
    const graph = new Graph(options.name);
    const parameters = new Parameters(graph, (name, shape, use) => {
      const stored = frozen?.(name, shape, use);
      if (stored !== undefined) return stored;
      store.require(name, shape);
      return 'input';
    });
    const { loss, metrics = {} } = options.build(graph, parameters);
    graph.output('loss', loss);
    for (const [name, tensor] of Object.entries(metrics)) graph.output(`metric/${name}`, tensor);

    const used = [...parameters.inputs];
    const found = gradients(
      loss,
      used.map(([, tensor]) => tensor),
    );
    const feeds: Record<string, OrtTensor> = {};
    const outputs: Record<string, OrtTensor> = { loss: OrtTensor.zeros('float32', []) };
    const buffers = new Map<string, Float32Array>();
    used.forEach(([name], index) => {
      const gradient = found[index];
      if (!gradient) return;
      const { shape, tensor } = store.require(name, gradient.shape.map(Number));
      const output = OrtTensor.zeros('float32', shape);
      graph.output(`gradient/${name}`, gradient);
      feeds[name] = tensor;
      outputs[`gradient/${name}`] = output;
      buffers.set(name, output.data);
    });
    for (const [name, tensor] of Object.entries(metrics)) {
      if (tensor.dtype === 'uint4') throw new TypeError(`the metric ${name} is uint4: only weights are`);
      outputs[`metric/${name}`] = OrtTensor.zeros(tensor.dtype, tensor.shape.map(Number));
    }
    const session = await runtime.createSession(toModel(graph), { keepTransposes: true });
    return new TrainingStep(session, feeds, outputs, Object.keys(metrics), buffers);
  }

  /** Runs one batch. `inputs` are the graph's inputs besides the parameters. */
  async run(
    inputs: Readonly<Record<string, OrtTensor>>,
    signal?: AbortSignal,
  ): Promise<{ loss: number; metrics: Record<string, OrtTensor> }> {
    const options = signal ? { outputs: this.#outputs, signal } : { outputs: this.#outputs };
    await this.#session.run({ ...inputs, ...this.#parameters }, options);
    const metrics: Record<string, OrtTensor> = {};
    for (const name of this.#metrics) {
      const value = this.#outputs[`metric/${name}`];
      if (value) metrics[name] = value;
    }
    return { loss: Number(this.#outputs['loss']?.data[0]), metrics };
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}
