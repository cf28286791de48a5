/**
 * The language model, running: prompts into the cache, then one token for every sequence at each step. The layers of a large
 * model are several sessions in a row, for ONNX Runtime packs the weights of a session on one core.
 */
import { buildEmbedding, buildSection, type Section } from '@x-llm/models';
import { type ParameterSource, toModel } from '@x-llm/onnx';
import { type Runtime, type Session, type SessionOptions, Tensor } from '@x-llm/ort';
import type { LanguageModel } from './architectures/index.ts';
import { KeyValueArena } from './kv-arena.ts';

export interface LanguageSessionsOptions {
  readonly slots: number;
  /** Positions of each slot. */
  readonly length: number;
  /** Into how many sessions the layers are divided; one unless given. */
  readonly sections?: number;
  readonly session: SessionOptions;
}

/** A sequence's next token. */
export interface Step {
  readonly slot: number;
  /** The token written last. */
  readonly id: number;
  /** One for each row of positions that the model has. */
  readonly position: readonly number[];
  /** Tokens of the sequence that are in the cache. */
  readonly cached: number;
}

/** Some layers, ready to run. */
interface Layers {
  readonly section: Section;
  readonly session: Session;
}

/** What a run reads and writes, beside the cache: `states[n]` is what goes into section n. */
interface Batch {
  readonly rows: number;
  readonly first: number;
  readonly states: readonly Tensor<'float32'>[];
  readonly positions: Tensor;
  readonly lengths: Tensor<'int32'>;
  readonly scores: Tensor<'float32'>;
}

/** The buffers of the steps of so many slots, from the first on. */
interface StepBatch extends Batch {
  readonly ids: Tensor<'int64'>;
  /** [rows, hidden]: the memory of `states[0]`, which is [rows, 1, hidden]. */
  readonly embeddings: Tensor<'float32'>;
  readonly positions: Tensor<'int64'>;
}

export class LanguageSessions {
  readonly #model: LanguageModel;
  readonly #embedding: Session;
  readonly #layers: readonly Layers[];
  readonly #arena: KeyValueArena;
  readonly #batches = new Map<number, StepBatch>();
  readonly #prefillScores: Tensor<'float32'>;
  /** Zeros: a step sees all that is cached. */
  readonly #noBias: Float32Array<ArrayBuffer>;

  private constructor(
    model: LanguageModel,
    embedding: Session,
    layers: readonly Layers[],
    arena: KeyValueArena,
  ) {
    this.#model = model;
    this.#embedding = embedding;
    this.#layers = layers;
    this.#arena = arena;
    this.#prefillScores = Tensor.zeros('float32', [1, model.vocabSize]);
    this.#noBias = new Float32Array(model.hasBias ? arena.shape.length : 0);
  }

  static async load(
    runtime: Runtime,
    model: LanguageModel,
    source: ParameterSource,
    { slots, length, sections = 1, session: options }: LanguageSessionsOptions,
  ): Promise<LanguageSessions> {
    const create = (graph: Parameters<typeof toModel>[0]) => runtime.createSession(toModel(graph), options);
    const [embedding, ...layers] = await Promise.all([
      create(buildEmbedding(model, source)),
      ...divide(model.cache.layers, sections).map(async (section) => ({
        section,
        session: await create(buildSection(model, source, section)),
      })),
    ]);
    const arena = new KeyValueArena({ ...model.cache, slots, length });
    return new LanguageSessions(model, embedding, layers, arena);
  }

  /** Memory of the cache. */
  get cacheBytes(): number {
    return this.#arena.sizeBytes;
  }

  /** Rows of the embedding table: [ids, hidden]. */
  async embed(ids: readonly number[]): Promise<Float32Array<ArrayBuffer>> {
    using input = Tensor.from('int64', BigInt64Array.from(ids, BigInt), [ids.length]);
    const { embeddings } = await this.#embedding.run({ ids: input }, { outputs: ['embeddings'] });
    using rows = embeddings;
    return rows.as('float32').data.slice();
  }

  /**
   * Takes a prompt, [T, hidden] row by row, into a slot. Returns the scores of the first token of the answer, [V]: valid
   * until the next prefill. Not to be called while a step or another prefill runs.
   */
  async prefill(
    slot: number,
    embeddings: Float32Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const { hiddenSize } = this.#model;
    const length = embeddings.length / hiddenSize;
    using own = new DisposableStack();
    const { positions, bias } = this.#model.promptInputs(length);
    own.use(positions);
    const states = this.#layers.map((_, index) =>
      own.use(
        index === 0
          ? Tensor.from('float32', embeddings, [1, length, hiddenSize])
          : Tensor.zeros('float32', [1, length, hiddenSize]),
      ),
    );
    const lengths = own.use(Tensor.from('int32', Int32Array.of(length - 1), [1]));
    const batch = { rows: 1, first: slot, states, positions, lengths, scores: this.#prefillScores };
    await this.#run(batch, bias && own.use(bias), signal);
    return this.#prefillScores.data;
  }

  /**
   * One token for each sequence. Returns their scores in the order of `steps`, each [V]: valid until the next step.
   * The run covers all slots up to the highest; one in between that is not among `steps` must be free, for its first
   * position is overwritten.
   */
  async step(steps: readonly Step[]): Promise<Float32Array[]> {
    const rows = Math.max(...steps.map(({ slot }) => slot + 1));
    const batch = this.#batch(rows);
    const { ids, embeddings, positions, lengths, scores } = batch;
    ids.data.fill(0n);
    positions.data.fill(0n);
    lengths.data.fill(0);
    for (const { slot, id, position, cached } of steps) {
      ids.data[slot] = BigInt(id);
      positions.data.set(BigInt64Array.from(position, BigInt), this.#model.positionRows * slot);
      lengths.data[slot] = cached;
    }
    await this.#embedding.run({ ids }, { outputs: { embeddings } });
    const longest = Math.max(...steps.map(({ cached }) => cached)) + 1;
    using bias = this.#model.hasBias
      ? Tensor.from('float32', this.#noBias.subarray(0, longest), [1, 1, 1, longest])
      : undefined;
    await this.#run(batch, bias);
    const { vocabSize } = this.#model;
    return steps.map(({ slot }) => scores.data.subarray(slot * vocabSize, (slot + 1) * vocabSize));
  }

  /** Tokens through all layers, to `scores`. */
  async #run(
    { rows, first, states, positions, lengths, scores }: Batch,
    bias?: Tensor,
    signal?: AbortSignal,
  ): Promise<void> {
    for (const [index, { section, session }] of this.#layers.entries()) {
      const hidden = states[index];
      const next = states[index + 1];
      if (!hidden) throw new RangeError(`no buffer for the states of section ${index}`);
      const { past, present } = this.#arena.slots(first, rows, section);
      const outputs: Readonly<Record<string, Tensor>> = { ...present, ...(next ? { next } : { scores }) };
      await session.run(
        { hidden, positions, lengths, ...(bias ? { bias } : {}), ...past },
        signal ? { outputs, signal } : { outputs },
      );
    }
  }

  #batch(rows: number): StepBatch {
    const known = this.#batches.get(rows);
    if (known) return known;
    const { hiddenSize, positionRows, vocabSize } = this.#model;
    const rowsOf = () => new Float32Array(rows * hiddenSize);
    const first = rowsOf();
    const batch: StepBatch = {
      rows,
      first: 0,
      ids: Tensor.zeros('int64', [rows]),
      embeddings: Tensor.from('float32', first, [rows, hiddenSize]),
      states: this.#layers.map((_, index) =>
        Tensor.from('float32', index === 0 ? first : rowsOf(), [rows, 1, hiddenSize]),
      ),
      positions: Tensor.zeros('int64', [rows, positionRows, 1]),
      lengths: Tensor.zeros('int32', [rows]),
      scores: Tensor.zeros('float32', [rows, vocabSize]),
    };
    this.#batches.set(rows, batch);
    return batch;
  }

  [Symbol.dispose](): void {
    for (const session of [this.#embedding, ...this.#layers.map(({ session }) => session)])
      session[Symbol.dispose]();
    for (const { ids, embeddings, states, positions, lengths, scores } of this.#batches.values()) {
      for (const tensor of [ids, embeddings, ...states, positions, lengths, scores]) tensor[Symbol.dispose]();
    }
    this.#prefillScores[Symbol.dispose]();
    this.#arena[Symbol.dispose]();
  }
}

/** Layers in so many sections of about the same number. */
function divide(layers: number, sections: number): Section[] {
  const count = Math.min(Math.max(sections, 1), layers);
  return Array.from({ length: count }, (_, index) => ({
    from: Math.floor((index * layers) / count),
    to: Math.floor(((index + 1) * layers) / count),
  }));
}
