/** Looking at pictures: one encoder for all of them, and what reads its states for images or for frames of videos. */
import { createHash } from 'node:crypto';
import type { AnyManifest, Bundle, BundleManifest, Component, ImageInterface } from '@x-llm/checkpoint';
import { normalise } from '@x-llm/media';
import type { Modality, Section } from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, type Shape, toModel } from '@x-llm/onnx';
import { type Session, Tensor } from '@x-llm/ort';
import { adapters, type Encoder, encoders, makePart, type X2L, x2ls } from '../architectures/index.ts';
import { Batcher } from '../batcher.ts';
import type { EmbeddingCache } from '../embedding-cache.ts';
import { EngineError } from '../error.ts';
import { divide, isQuantized, largeBytes, loadedBytes, sectionsFor } from '../sections.ts';
import { contentOf, type Lease } from '../shared-parts.ts';
import type { ImageInput } from '../types.ts';
import { type WeightsOf, weightsIn } from '../weights.ts';
import { checkChain } from './chain.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import type { Encoded, InterfaceContext } from './interface.ts';

/** Pictures encoded in one run, at most: bounds the memory of its activations. */
const maxBatch = 8;

/** What a manifest says of an interface for pictures but for its adapter, which depends on the language model. */
type Seeing = Omit<ImageInterface, 'adapter'>;

/** The frozen encoder, and the Q-Former that images and videos share, as they are described. */
export interface PictureParts {
  readonly manifest: Seeing;
  readonly x2l: X2L;
  /** Of the encoder's states, [B, P, E]. */
  readonly statesShape: Shape;
}

export interface PictureEncoder extends PictureParts {
  /** What it says of some pictures, [B, P, E]; to be disposed of. */
  look(pictures: readonly Uint8Array[]): Promise<Tensor>;
  [Symbol.dispose](): void;
}

/** The bundle may be one of interfaces only. */
export interface PictureEncoderContext extends Pick<InterfaceContext, 'runtime' | 'session' | 'parts'> {
  readonly bundle: Pick<Bundle<AnyManifest>, 'manifest' | 'weights'>;
}

/** Undefined when the bundle has no interface for pictures. */
export async function loadPictureEncoder({
  bundle,
  runtime,
  session: options,
  parts,
}: PictureEncoderContext): Promise<PictureEncoder | undefined> {
  const manifest = bundle.manifest.interfaces.image;
  if (!manifest) return undefined;
  const weights = weightsIn(bundle);
  const { graph, encoder, ...described } = buildPictureEncoder(manifest, weights);
  const { size, mean, std } = manifest.preprocessing;
  const recipe = ['picture encoder', options, contentOf(manifest.encoder, bundle.manifest)];
  const lease = await parts.lease(recipe, () => {
    const sizeBytes = loadedBytes(graph);
    const sections = divide(encoder.blocks, sectionsFor(sizeBytes, runtime.intraOpThreads));
    const graphs = buildEncoderSections(encoder, weights(manifest.encoder.weights), sections);
    const prepacking = sizeBytes < largeBytes || isQuantized(graph);
    return EncoderSessions.load(runtime, graphs, { ...options, prepacking });
  });
  return {
    ...described,
    async look(pictures) {
      const values = new Float32Array(pictures.length * 3 * size * size);
      for (const [index, rgb] of pictures.entries()) {
        values.set(normalise(rgb, { size, mean, std }), index * 3 * size * size);
      }
      using pixels = Tensor.from('float32', values, [pictures.length, ...encoder.inputShape]);
      return lease.part.run(pixels);
    },
    [Symbol.dispose]: () => lease[Symbol.dispose](),
  };
}

/** The whole encoder as a graph, to see that it can be built. Throws `invalid_bundle`, GraphError. */
export function buildPictureEncoder(
  manifest: Seeing,
  weights: WeightsOf,
): PictureParts & { readonly encoder: Encoder; readonly graph: Graph } {
  const encoder = makePart(encoders, manifest.encoder, 'interfaces.image.encoder');
  const x2l = makePart(x2ls, manifest.x2l, 'interfaces.image.x2l');
  const { size } = manifest.preprocessing;
  const { inputShape } = encoder;
  if (inputShape[1] !== size) {
    throw new EngineError(
      'invalid_bundle',
      `interfaces.image: preprocessing.size is ${size}, but the encoder reads pictures of ${inputShape[1]} pixels`,
    );
  }
  const whole = { from: 0, to: encoder.blocks };
  const [graph] = buildEncoderSections(encoder, weights(manifest.encoder.weights), [whole]);
  const statesShape = graph?.outputs[0]?.tensor.shape;
  if (!graph || !statesShape) throw new Error('one section');
  return { manifest, encoder, x2l, graph, statesShape };
}

/**
 * Sections that follow each other. In: `input` float32 [B, 3, S, S], pixels, or what the section before gives, of
 * `inputShape` for the first of them. Out: `states` float32 [B, P, E].
 */
export function buildEncoderSections(
  encoder: Encoder,
  source: ParameterSource,
  sections: readonly Section[],
  inputShape: Shape = ['B', ...encoder.inputShape],
): Graph[] {
  let shape = inputShape;
  return sections.map((section) => {
    const graph = new Graph(`picture-encoder-${section.from}-${section.to}`);
    const input = graph.input('input', 'float32', shape);
    const states = encoder.build(new Parameters(graph, source), input, section);
    graph.output('states', states);
    shape = states.shape;
    return graph;
  });
}

export interface ReaderParts {
  /** For whom it reads; keys of the cache begin with it. */
  readonly modality: Modality & keyof BundleManifest['interfaces'];
  readonly adapter: Component;
  /** Queries of its own; the picture's, if left out. */
  readonly queries?: { readonly name: string; readonly weights: string };
}

/** Turns prepared pictures into rows for the language model. */
export class PictureReader {
  /** Rows that a picture becomes. */
  readonly rows: number;
  readonly #size: number;
  readonly #sizeBytes: number;
  readonly #modality: Modality;
  readonly #session: Lease<Session>;
  readonly #cache: EmbeddingCache;
  readonly #batcher: Batcher<Uint8Array, Float32Array>;

  private constructor(
    encoder: PictureEncoder,
    session: Lease<Session>,
    modality: Modality,
    { cache, hiddenSize }: InterfaceContext,
  ) {
    this.rows = encoder.x2l.rows;
    this.#size = encoder.manifest.preprocessing.size;
    this.#sizeBytes = this.rows * hiddenSize * Float32Array.BYTES_PER_ELEMENT;
    this.#modality = modality;
    this.#session = session;
    this.#cache = cache;
    this.#batcher = new Batcher((pictures) => this.#read(encoder, pictures), maxBatch);
  }

  static async load(
    encoder: PictureEncoder,
    parts: ReaderParts,
    context: InterfaceContext,
  ): Promise<PictureReader> {
    const { bundle, hiddenSize, runtime, session: options } = context;
    const { manifest } = bundle;
    const graph = buildPictureReader(encoder, parts, { weights: weightsIn(bundle), hiddenSize });
    const recipe = [
      'picture reader',
      options,
      encoder.statesShape,
      contentOf(encoder.manifest.x2l, manifest),
      contentOf(parts.adapter, manifest),
      parts.queries && { name: parts.queries.name, sha256: manifest.files[parts.queries.weights]?.sha256 },
    ];
    const session = await context.parts.lease(recipe, () => runtime.createSession(toModel(graph), options));
    return new PictureReader(encoder, session, parts.modality, context);
  }

  /** Throws `code` for a picture that is not as the encoder wants it. */
  check(picture: ImageInput, place: string, code: 'invalid_image' | 'invalid_video'): void {
    const size = this.#size;
    if (picture.size === size && picture.rgb.length === 3 * size * size) return;
    const given = `${picture.size}×${picture.size} pixels in ${picture.rgb.length} bytes`;
    throw new EngineError(
      code,
      `${place}: expected ${size}×${size} pixels in ${3 * size * size} bytes, got ${given}`,
      { param: place },
    );
  }

  /** From the cache when the same picture was read before. */
  encode({ rgb }: ImageInput): Promise<Encoded> {
    const key = `${this.#modality}:${createHash('sha256').update(rgb).digest('base64')}`;
    return this.#cache.get(key, this.#sizeBytes, async () => ({
      count: this.rows,
      rows: await this.#batcher.add(rgb),
    }));
  }

  async #read(encoder: PictureEncoder, pictures: readonly Uint8Array[]): Promise<Float32Array[]> {
    using states = await encoder.look(pictures);
    const outputs = await this.#session.part.run({ states }, { outputs: ['embeddings'] });
    using embeddings = outputs.embeddings;
    const { data } = embeddings.as('float32');
    const size = data.length / pictures.length;
    return pictures.map((_, index) => data.slice(index * size, (index + 1) * size));
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}

/**
 * In: `states` float32 [B, P, E], as the encoder gives them. Out: `embeddings` float32 [B, Q, hidden]. Throws
 * `invalid_bundle` for widths that differ, GraphError for weights that are missing or of another shape.
 */
export function buildPictureReader(
  { manifest, x2l, statesShape }: PictureParts,
  { modality, adapter: component, queries }: ReaderParts,
  { weights, hiddenSize }: { readonly weights: WeightsOf; readonly hiddenSize: number },
): Graph {
  const adapter = makePart(adapters, component, `interfaces.${modality}.adapter`);
  checkChain({ name: modality, encoderWidth: Number(statesShape[2]), x2l, adapter, hiddenSize });
  const graph = new Graph(modality);
  const parameters = (file: string) => new Parameters(graph, weights(file));
  const states = graph.input('states', 'float32', statesShape);
  const own = queries && x2l.queries(parameters(queries.weights), queries.name);
  const rows = x2l.build(parameters(manifest.x2l.weights), states, own);
  graph.output('embeddings', adapter.build(parameters(component.weights), rows));
  return graph;
}
