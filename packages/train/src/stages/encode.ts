/** The frozen encoders: each medium goes through once, and what they say is kept. */
import { normalise } from '@x-llm/media';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { type Runtime, type Session, Tensor } from '@x-llm/ort';
import type { MediaKind } from '../data/record.ts';
import type { Base, ImageParts, SpeechParts } from './base.ts';
import { contentHash, FeatureCache, type FeatureRows, type Precision } from './feature-cache.ts';
import { hashOf, mediaBytes, readFrames, readPicture, readSpeechFeatures } from './read-media.ts';

/** Frames of speech are padded to a multiple of this, so that few shapes are planned. */
const frameStep = 8;

export interface MediaFeatures {
  /** Encodes a medium unless that is done; how many rows the language model will read of it. Throws what is wrong with the file. */
  prepare(kind: MediaKind, path: string): Promise<number>;
  /** Features of a medium that was prepared: [P, E] of a picture, [F·P, E] of a video, [N, E] of speech. */
  get(kind: MediaKind, path: string): Promise<FeatureRows>;
  [Symbol.dispose](): void;
}

interface Encode {
  readonly cache: FeatureCache;
  /** From the bytes of a medium. */
  readonly run: (bytes: readonly Uint8Array[]) => Promise<FeatureRows>;
  /** Rows for the language model. */
  readonly rows: (features: FeatureRows) => number;
}

export interface MediaFeaturesOptions {
  readonly base: Base;
  readonly runtime: Runtime;
  readonly folder: string;
  readonly precision: Precision;
  /** Speech stays as log mel energies, for an encoder that is to learn: stage 1. */
  readonly heard?: 'features';
}

export function openMediaFeatures(options: MediaFeaturesOptions): MediaFeatures {
  const { base, runtime, folder, precision } = options;
  const cleanup = new DisposableStack();
  const keys = new Map<string, string>();
  const cacheOf = (what: object, ...files: string[]) => {
    const hashes = files.map((file) => base.bundle.manifest.files[file]?.sha256);
    return new FeatureCache(folder, contentHash(JSON.stringify([what, hashes])), precision);
  };
  const see = once(cleanup, async (image: ImageParts) => pictureSession(base, image, runtime));
  const hear = once(cleanup, async (speech: SpeechParts) => speechSession(base, speech, runtime));

  const encodes: { readonly [Kind in MediaKind]?: Encode } = {};
  const set = <Kind extends MediaKind>(kind: Kind, encode: Encode) =>
    Object.assign(encodes, { [kind]: encode });
  const { image, video, speech } = base;
  if (image) {
    const { preprocessing, encoder } = image.manifest;
    set('image', {
      cache: cacheOf({ preprocessing, encoder }, encoder.weights),
      run: async (bytes) => (await see(image)).look([await readPicture(bytes, image)]),
      rows: () => image.x2l.rows,
    });
    if (video) {
      const { frames } = video.manifest;
      set('video', {
        cache: cacheOf({ preprocessing, encoder, frames }, encoder.weights),
        run: async (bytes) => (await see(image)).look(await readFrames(bytes, image, video)),
        rows: ({ rows }) => (rows / statesShape(base, image)[0]) * image.x2l.rows,
      });
    }
  }
  if (speech) {
    const { preprocessing, encoder } = speech.manifest;
    const features = options.heard === 'features';
    set('audio', {
      cache: features ? cacheOf({ preprocessing }) : cacheOf({ preprocessing, encoder }, encoder.weights),
      run: async (bytes) => {
        const heard = await readSpeechFeatures(bytes, speech);
        if (!features) return (await hear(speech)).listen(heard);
        const [rows, width] = heard.shape;
        return { rows, width, data: new Float32Array(heard.data) };
      },
      rows: ({ rows }) => rows,
    });
  }
  const encodeOf = (kind: MediaKind): Encode => {
    const encode = encodes[kind];
    if (!encode) throw new RangeError(`the bundle has no interface for ${kind}`);
    return encode;
  };
  const make = async (kind: MediaKind, path: string, known?: string): Promise<FeatureRows> => {
    const { cache, run } = encodeOf(kind);
    const bytes = await mediaBytes(path);
    const content = hashOf(bytes);
    if (known !== undefined && known !== content)
      throw new Error(`${path} was changed while it is trained on`);
    keys.set(path, content);
    const kept = await cache.get(content);
    if (kept) return kept;
    await cache.set(content, await run(bytes));
    const written = await cache.get(content);
    if (!written) throw new Error(`the features of ${path} cannot be read back from ${folder}`);
    return written; // in the precision of the file, or the first run would differ from the others
  };
  return {
    prepare: async (kind, path) => encodeOf(kind).rows(await make(kind, path)),
    get: async (kind, path) => {
      const content = keys.get(path);
      const kept = content === undefined ? undefined : await encodeOf(kind).cache.get(content);
      return kept ?? make(kind, path, content);
    },
    [Symbol.dispose]: () => cleanup.dispose(),
  };
}

/** Made on first use, and disposed of with the rest. */
function once<Part, Made extends Disposable>(
  cleanup: DisposableStack,
  create: (part: Part) => Promise<Made>,
): (part: Part) => Promise<Made> {
  let making: Promise<Made> | undefined;
  return (part) => (making ??= create(part).then((made) => cleanup.use(made)));
}

/** [P, E] of a picture's states. */
export function statesShape(base: Base, { encoder, manifest }: ImageParts): readonly [number, number] {
  const graph = new Graph('shape');
  const parameters = new Parameters(graph, base.source).at(manifest.encoder.weights);
  const states = encoder.build(parameters, graph.input('pixels', 'float32', [1, ...encoder.inputShape]));
  return [Number(states.shape[1]), Number(states.shape[2])];
}

async function pictureSession(base: Base, { encoder, manifest }: ImageParts, runtime: Runtime) {
  const graph = new Graph('picture-encoder');
  const parameters = new Parameters(graph, base.source).at(manifest.encoder.weights);
  const pixels = graph.input('pixels', 'float32', ['B', ...encoder.inputShape]);
  graph.output('states', encoder.build(parameters, pixels));
  const session = await runtime.createSession(toModel(graph));
  const { size, mean, std } = manifest.preprocessing;
  return {
    async look(pictures: readonly Uint8Array[]): Promise<FeatureRows> {
      const values = new Float32Array(pictures.length * 3 * size * size);
      for (const [at, rgb] of pictures.entries())
        values.set(normalise(rgb, { size, mean, std }), at * 3 * size * size);
      using input = Tensor.from('float32', values, [pictures.length, ...encoder.inputShape]);
      const { states } = await session.run({ pixels: input }, { outputs: ['states'] });
      using kept = states;
      const [count = 0, patches = 0, width = 0] = kept.shape;
      return { rows: count * patches, width, data: new Float32Array(kept.as('float32').data) };
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

async function speechSession(base: Base, { encoder, manifest }: SpeechParts, runtime: Runtime) {
  const graph = new Graph('speech-encoder');
  const parameters = new Parameters(graph, base.source).at(manifest.encoder.weights);
  const features = graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]);
  const heard = encoder.build(parameters, features, graph.input('lengths', 'int64', ['B']));
  graph.output('embeddings', heard.embeddings);
  graph.output('counts', heard.counts);
  const session: Session = await runtime.createSession(toModel(graph));
  return {
    async listen({
      shape: [rows, bins],
      data,
    }: {
      readonly shape: readonly [number, number];
      readonly data: Float32Array;
    }): Promise<FeatureRows> {
      const frames = Math.ceil(encoder.frames(rows) / frameStep) * frameStep;
      const length = Number(encoder.features(frames));
      const values = new Float32Array(length * bins);
      values.set(data.subarray(0, values.length));
      using input = Tensor.from('float32', values, [1, length, bins]);
      using lengths = Tensor.from('int64', BigInt64Array.of(BigInt(rows)), [1]);
      const outputs = await session.run({ features: input, lengths }, { outputs: ['embeddings', 'counts'] });
      using embeddings = outputs.embeddings;
      using counts = outputs.counts;
      const count = Number(counts.as('int64').data[0]);
      if (count < 1) throw new RangeError('the speech encoder hears nothing in it');
      const width = Number(embeddings.shape[2]);
      return { rows: count, width, data: embeddings.as('float32').data.slice(0, count * width) };
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** E of a firing. */
export function firingWidth(base: Base, { encoder, manifest }: SpeechParts): number {
  const graph = new Graph('shape');
  const parameters = new Parameters(graph, base.source).at(manifest.encoder.weights);
  const features = graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]);
  return Number(
    encoder.build(parameters, features, graph.input('lengths', 'int64', ['B'])).embeddings.shape[2],
  );
}
