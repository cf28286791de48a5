/**
 * Speech through the model, in two sessions: the encoder fires embeddings, and only as many of them as there are go through
 * the X2L interface and the adapter. Utterances of all lengths share both; padding changes nothing.
 */
import type { SpeechInterface } from '@x-llm/checkpoint';
import type { Features } from '@x-llm/media';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { type Session, Tensor } from '@x-llm/ort';
import {
  type Adapter,
  adapters,
  makePart,
  type SpeechEncoder,
  type SpeechX2L,
  speechEncoders,
  speechX2ls,
} from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { contentOf, type Lease } from '../shared-parts.ts';
import { type WeightsOf, weightsIn } from '../weights.ts';
import { checkChain } from './chain.ts';
import { firingTimes } from './firing-times.ts';
import type { Encoded, Firing, InterfaceContext } from './interface.ts';

/** Frames are rounded up to a multiple of this: lengths that come again find their memory planned. */
const frameStep = 8;

/** What the encoder heard in one utterance. */
interface Heard {
  /** [count, E] */
  readonly embeddings: Float32Array;
  readonly firings: readonly Firing[];
}

export class SpeechSessions {
  readonly #encoder: SpeechEncoder;
  readonly #x2l: SpeechX2L;
  /** Of an embedding. */
  readonly #width: number;
  readonly #hear: Lease<Session>;
  readonly #read: Lease<Session>;

  private constructor(
    encoder: SpeechEncoder,
    x2l: SpeechX2L,
    width: number,
    [hear, read]: [Lease<Session>, Lease<Session>],
  ) {
    this.#encoder = encoder;
    this.#x2l = x2l;
    this.#width = width;
    this.#hear = hear;
    this.#read = read;
  }

  /** Throws `invalid_bundle` for parts that do not fit each other. */
  static async load(manifest: SpeechInterface, context: InterfaceContext): Promise<SpeechSessions> {
    const { bundle, hiddenSize, runtime, session: options, parts } = context;
    const weights = weightsIn(bundle);
    const { encoder, x2l, width, hearing, reading } = buildSpeech(manifest, { weights, hiddenSize });
    const [ear, ...reader] = [manifest.encoder, manifest.x2l, manifest.adapter].map((component) =>
      contentOf(component, bundle.manifest),
    );
    using cleanup = new DisposableStack();
    const hear = cleanup.use(
      await parts.lease(['speech encoder', options, ear], () =>
        runtime.createSession(toModel(hearing), options),
      ),
    );
    const read = await parts.lease(['speech reader', options, width, reader], () =>
      runtime.createSession(toModel(reading), options),
    );
    cleanup.move();
    return new SpeechSessions(encoder, x2l, width, [hear, read]);
  }

  /** Frames of features that the shortest utterance has. */
  get leastFeatures(): number {
    let features = 1;
    while (this.#encoder.frames(features) < 1) features++;
    return features;
  }

  /** Rows that so many frames of features become at the most. */
  mostRows(features: number): number {
    return Math.min(this.#encoder.frames(features) + 1, this.#x2l.maxRows);
  }

  /** One result for each utterance; an error for one that speaks more tokens than the X2L interface reads. */
  async encode(utterances: readonly Features[]): Promise<(Encoded | EngineError)[]> {
    const heard = await this.#listen(utterances);
    const { maxRows } = this.#x2l;
    const fits = heard.filter(({ firings }) => firings.length <= maxRows);
    const rows = await this.#interpret(fits);
    return heard.map((one) => {
      const { firings } = one;
      const at = fits.indexOf(one);
      if (at >= 0) return { count: firings.length, rows: rows[at] ?? new Float32Array(), firings };
      return new EngineError(
        'invalid_audio',
        `The speech has ${firings.length} tokens; this model reads ${maxRows} at most.`,
      );
    });
  }

  async #listen(utterances: readonly Features[]): Promise<Heard[]> {
    const encoder = this.#encoder;
    const frames = Math.max(...utterances.map(({ shape }) => encoder.frames(shape[0])));
    const padded = Math.ceil(frames / frameStep) * frameStep;
    const shape = [utterances.length, Number(encoder.features(padded)), encoder.melBins] as const;
    const each = shape[1] * shape[2];
    const values = new Float32Array(utterances.length * each);
    for (const [index, { data }] of utterances.entries()) values.set(data.subarray(0, each), index * each);
    using features = Tensor.from('float32', values, shape);
    const counted = BigInt64Array.from(utterances, ({ shape: [rows] }) => BigInt(rows));
    using lengths = Tensor.from('int64', counted, [utterances.length]);
    const outputs = await this.#hear.part.run(
      { features, lengths },
      { outputs: ['embeddings', 'counts', 'fired_at', 'weights'] },
    );
    using embeddings = outputs.embeddings;
    using counts = outputs.counts;
    using firedAt = outputs.fired_at;
    using weights = outputs.weights;
    const width = this.#width;
    const [, slots = 1] = embeddings.shape;
    return utterances.map(({ shape: [rows] }, index) => {
      const count = Number(counts.as('int64').data[index]);
      if (count < 0 || count > slots) {
        throw new EngineError(
          'model_failure',
          `the speech encoder fired ${count} tokens: are its weights damaged?`,
        );
      }
      const start = index * slots;
      const own = encoder.frames(rows);
      return {
        embeddings: embeddings.as('float32').data.slice(start * width, (start + count) * width),
        firings: firingTimes({
          weights: weights.as('float32').data.subarray(index * padded, index * padded + own),
          firedAt: Array.from(firedAt.as('int64').data.subarray(start, start + count), Number),
          secondsAt: encoder.secondsAt,
          durationSeconds: 0.015 + 0.01 * rows, // frames of 25 ms, every 10 ms
        }),
      };
    });
  }

  /** Rows for the language model, [count, hidden] each. */
  async #interpret(heard: readonly Heard[]): Promise<Float32Array[]> {
    const most = Math.max(0, ...heard.map(({ firings }) => firings.length));
    if (most === 0) return heard.map(() => new Float32Array());
    const width = this.#width;
    const values = new Float32Array(heard.length * most * width);
    const kept = new BigInt64Array(heard.length * most);
    for (const [index, { embeddings, firings }] of heard.entries()) {
      values.set(embeddings, index * most * width);
      kept.fill(1n, index * most, index * most + firings.length);
    }
    using embeddings = Tensor.from('float32', values, [heard.length, most, width]);
    using keep = Tensor.from('int64', kept, [heard.length, most]);
    const outputs = await this.#read.part.run({ embeddings, keep }, { outputs: ['rows'] });
    using rows = outputs.rows;
    const { data } = rows.as('float32');
    const hidden = data.length / (heard.length * most);
    return heard.map(({ firings }, index) =>
      data.slice(index * most * hidden, (index * most + firings.length) * hidden),
    );
  }

  [Symbol.dispose](): void {
    this.#hear[Symbol.dispose]();
    this.#read[Symbol.dispose]();
  }
}

/**
 * The graphs that speech goes through, as `hearing` and `reading`. Throws `invalid_bundle` for parts that do not fit
 * each other, GraphError for weights that are missing or of another shape.
 */
export function buildSpeech(
  manifest: SpeechInterface,
  { weights, hiddenSize }: { readonly weights: WeightsOf; readonly hiddenSize: number },
) {
  const encoder = makePart(speechEncoders, manifest.encoder, 'interfaces.speech.encoder');
  const x2l = makePart(speechX2ls, manifest.x2l, 'interfaces.speech.x2l');
  const adapter = makePart(adapters, manifest.adapter, 'interfaces.speech.adapter');
  const { melBins } = manifest.preprocessing;
  if (encoder.melBins !== melBins) {
    throw new EngineError(
      'invalid_bundle',
      `interfaces.speech: preprocessing.melBins is ${melBins}, but the encoder reads ${encoder.melBins}`,
    );
  }
  const { graph: hearing, width } = buildEncoder(encoder, manifest, weights);
  checkChain({ name: 'speech', encoderWidth: width, x2l, adapter, hiddenSize });
  return { encoder, x2l, width, hearing, reading: buildReader(x2l, adapter, width, manifest, weights) };
}

/**
 * In: `features` float32 [B, T, mel] and `lengths` int64 [B], as the encoder takes them. Out: `embeddings` float32
 * [B, S + 1, E], `counts` int64 [B], `fired_at` int64 [B, S + 1], `weights` float32 [B, S].
 */
function buildEncoder(
  encoder: SpeechEncoder,
  { encoder: { weights: file } }: SpeechInterface,
  weights: WeightsOf,
): { graph: Graph; width: number } {
  const graph = new Graph('speech-encoder');
  const parameters = new Parameters(graph, weights(file));
  const features = graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]);
  const heard = encoder.build(parameters, features, graph.input('lengths', 'int64', ['B']));
  graph.output('embeddings', heard.embeddings);
  graph.output('counts', heard.counts);
  graph.output('fired_at', heard.firedAt);
  graph.output('weights', heard.weights);
  return { graph, width: Number(heard.embeddings.shape[2]) };
}

/** In: `embeddings` float32 [B, N, E], and `keep` int64 [B, N], 1 for those that count. Out: `rows` float32 [B, N, hidden]. */
function buildReader(
  x2l: SpeechX2L,
  adapter: Adapter,
  width: number,
  manifest: SpeechInterface,
  weights: WeightsOf,
): Graph {
  const graph = new Graph('speech');
  const parameters = (file: string) => new Parameters(graph, weights(file));
  const embeddings = graph.input('embeddings', 'float32', ['B', 'N', width]);
  const keep = graph.input('keep', 'int64', ['B', 'N']);
  const states = x2l.build(parameters(manifest.x2l.weights), embeddings, keep);
  graph.output('rows', adapter.build(parameters(manifest.adapter.weights), states));
  return graph;
}
