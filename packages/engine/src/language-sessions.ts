/**
 * The language model, running: prompts into the cache, then one token for every sequence at each step. The layers of a large
 * model are several sessions in a row, for ONNX Runtime packs the weights of a session on one core.
 */
import { buildEmbedding, buildSection, rowGiven, type Section } from '@x-llm/models';
import { type ParameterSource, toModel } from '@x-llm/onnx';
import { type Runtime, type Session, type SessionOptions, Tensor } from '@x-llm/ort';
import type { LanguageModel } from './architectures/index.ts';
import { KeyValueArena } from './kv-arena.ts';
import { divide } from './sections.ts';

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

/** A run of some layers: what it reads, but for the bias, and what it writes. */
interface Run {
  readonly session: Session;
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** The tokens of `rows` slots from `first` on, [rows, length] of them, on their way through all layers. */
interface Pass {
  readonly first: number;
  readonly rows: number;
  readonly length: number;
  /** [rows, length]; `rowGiven` where `hidden` has the row. */
  readonly ids: Tensor;
  /** [rows, length, hidden] */
  readonly hidden: Tensor;
  readonly positions: Tensor;
  readonly lengths: Tensor;
  readonly scores: Tensor;
}

/** The buffers of the steps of so many slots, and the runs over them. */
interface StepBatch {
  readonly ids: Tensor<'int64'>;
  readonly positions: Tensor<'int64'>;
  readonly lengths: Tensor<'int32'>;
  readonly scores: Tensor<'float32'>;
  readonly runs: readonly Run[];
  readonly buffers: DisposableStack;
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
    const pass = {
      first: slot,
      rows: 1,
      length,
      ids: own.use(Tensor.from('int64', new BigInt64Array(length).fill(BigInt(rowGiven)), [1, length])),
      hidden: own.use(Tensor.from('float32', embeddings, [1, length, hiddenSize])),
      positions: own.use(positions),
      lengths: own.use(Tensor.from('int32', Int32Array.of(length - 1), [1])),
      scores: this.#prefillScores,
    };
    await runAll(this.#runsOf(pass, own), bias && own.use(bias), signal);
    return this.#prefillScores.data;
  }

  /**
   * One token for each sequence. Returns their scores in the order of `steps`, each [V]: valid until the next step.
   * The run covers all slots up to the highest; one in between that is not among `steps` must be free, for its first
   * position is overwritten.
   */
  async step(steps: readonly Step[]): Promise<Float32Array[]> {
    const rows = Math.max(...steps.map(({ slot }) => slot + 1));
    const { ids, positions, lengths, scores, runs } = this.#batch(rows);
    ids.data.fill(0n);
    positions.data.fill(0n);
    lengths.data.fill(0);
    for (const { slot, id, position, cached } of steps) {
      ids.data[slot] = BigInt(id);
      positions.data.set(BigInt64Array.from(position, BigInt), this.#model.positionRows * slot);
      lengths.data[slot] = cached;
    }
    const longest = Math.max(...steps.map(({ cached }) => cached)) + 1;
    using bias = this.#model.hasBias
      ? Tensor.from('float32', this.#noBias.subarray(0, longest), [1, 1, 1, longest])
      : undefined;
    await runAll(runs, bias);
    const { vocabSize } = this.#model;
    return steps.map(({ slot }) => scores.data.subarray(slot * vocabSize, (slot + 1) * vocabSize));
  }

  #batch(rows: number): StepBatch {
    const known = this.#batches.get(rows);
    if (known) return known;
    const { hiddenSize, positionRows, vocabSize } = this.#model;
    const buffers = new DisposableStack();
    const tensors = {
      ids: buffers.use(Tensor.zeros('int64', [rows, 1])),
      positions: buffers.use(Tensor.zeros('int64', [rows, positionRows, 1])),
      lengths: buffers.use(Tensor.zeros('int32', [rows])),
      scores: buffers.use(Tensor.zeros('float32', [rows, vocabSize])),
    };
    const hidden = buffers.use(Tensor.zeros('float32', [rows, 1, hiddenSize])); // looked up: not read
    const runs = this.#runsOf({ first: 0, rows, length: 1, hidden, ...tensors }, buffers);
    const batch = { ...tensors, runs, buffers };
    this.#batches.set(rows, batch);
    return batch;
  }

  /** Section by section, each reading what the one before writes; `own` takes what has to be disposed of. */
  #runsOf(pass: Pass, own: DisposableStack): Run[] {
    const { first, rows, length, ids, positions, lengths, scores } = pass;
    let { hidden } = pass;
    return this.#layers.map(({ section, session }) => {
      const { past, present } = this.#arena.slots(first, rows, section);
      const feeds = { hidden, positions, lengths, ...(section.from === 0 ? { ids } : {}), ...past };
      if (section.to === this.#model.cache.layers) return { session, feeds, outputs: { scores, ...present } };
      const next = own.use(Tensor.zeros('float32', [rows, length, this.#model.hiddenSize]));
      hidden = next;
      return { session, feeds, outputs: { next, ...present } };
    });
  }

  [Symbol.dispose](): void {
    for (const { buffers } of this.#batches.values()) buffers[Symbol.dispose]();
    for (const session of [this.#embedding, ...this.#layers.map(({ session }) => session)])
      session[Symbol.dispose]();
    this.#prefillScores[Symbol.dispose]();
    this.#arena[Symbol.dispose]();
  }
}

async function runAll(runs: readonly Run[], bias: Tensor | undefined, signal?: AbortSignal): Promise<void> {
  for (const { session, feeds, outputs } of runs)
    await session.run(bias ? { ...feeds, bias } : feeds, signal ? { outputs, signal } : { outputs });
}
