/** The language model, running: prompts into the cache, then one token for every sequence at each step. */
import { type ParameterSource, toModel } from '@x-llm/onnx';
import { type Runtime, type Session, type SessionOptions, Tensor } from '@x-llm/ort';
import type { LanguageModel } from './architectures/index.ts';
import { type CacheTensors, KeyValueArena } from './kv-arena.ts';

export interface LanguageSessionsOptions {
  readonly slots: number;
  /** Positions of each slot. */
  readonly length: number;
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

/** What a decoding run over the first `rows` slots reads and writes. */
interface Batch {
  readonly ids: BigInt64Array;
  readonly positions: BigInt64Array;
  readonly lengths: Int32Array;
  readonly scores: Float32Array;
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

export class LanguageSessions {
  readonly #model: LanguageModel;
  readonly #embedding: Session;
  readonly #prefill: Session;
  readonly #decode: Session;
  readonly #arena: KeyValueArena;
  readonly #batches = new Map<number, Batch>();
  readonly #prefillScores: Tensor<'float32'>;

  private constructor(
    model: LanguageModel,
    sessions: readonly [Session, Session, Session],
    arena: KeyValueArena,
  ) {
    this.#model = model;
    [this.#embedding, this.#prefill, this.#decode] = sessions;
    this.#arena = arena;
    this.#prefillScores = Tensor.zeros('float32', [1, model.vocabSize]);
  }

  static async load(
    runtime: Runtime,
    model: LanguageModel,
    source: ParameterSource,
    { slots, length, session }: LanguageSessionsOptions,
  ): Promise<LanguageSessions> {
    const graphs = [
      model.buildEmbedding(source),
      model.buildPrefill(source),
      model.buildDecode(source),
    ] as const;
    const create = (graph: (typeof graphs)[number]) => runtime.createSession(toModel(graph), session);
    const sessions = await Promise.all([create(graphs[0]), create(graphs[1]), create(graphs[2])]);
    const arena = new KeyValueArena({ ...model.cache, slots, length });
    return new LanguageSessions(model, sessions, arena);
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
    const { past, present } = this.#arena.slots(slot, 1);
    using own = new DisposableStack();
    const inputs = this.#model.promptInputs(length);
    for (const tensor of Object.values(inputs)) own.use(tensor);
    using rows = Tensor.from('float32', embeddings, [1, length, hiddenSize]);
    const feeds = { embeddings: rows, ...inputs, ...past };
    const outputs = { scores: this.#prefillScores, ...present };
    await this.#prefill.run(feeds, signal ? { outputs, signal } : { outputs });
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
    batch.ids.fill(0n);
    batch.positions.fill(0n);
    batch.lengths.fill(0);
    for (const { slot, id, position, cached } of steps) {
      batch.ids[slot] = BigInt(id);
      batch.positions.set(BigInt64Array.from(position, BigInt), this.#model.positionRows * slot);
      batch.lengths[slot] = cached;
    }
    await this.#decode.run(batch.feeds, { outputs: batch.outputs });
    const { vocabSize } = this.#model;
    return steps.map(({ slot }) => batch.scores.subarray(slot * vocabSize, (slot + 1) * vocabSize));
  }

  #batch(rows: number): Batch {
    const known = this.#batches.get(rows);
    if (known) return known;
    const { past, present }: CacheTensors = this.#arena.slots(0, rows);
    const ids = Tensor.zeros('int64', [rows, 1]);
    const positions = Tensor.zeros('int64', [rows, this.#model.positionRows, 1]);
    const lengths = Tensor.zeros('int32', [rows]);
    const scores = Tensor.zeros('float32', [rows, this.#model.vocabSize]);
    const batch: Batch = {
      ids: ids.data,
      positions: positions.data,
      lengths: lengths.data,
      scores: scores.data,
      feeds: { ids, positions, lengths, ...past },
      outputs: { scores, ...present },
    };
    this.#batches.set(rows, batch);
    return batch;
  }

  [Symbol.dispose](): void {
    for (const session of [this.#embedding, this.#prefill, this.#decode]) session[Symbol.dispose]();
    for (const { feeds, outputs } of this.#batches.values()) {
      for (const tensor of [...Object.values(feeds), ...Object.values(outputs)]) tensor[Symbol.dispose]();
    }
    this.#prefillScores[Symbol.dispose]();
    this.#arena[Symbol.dispose]();
  }
}
