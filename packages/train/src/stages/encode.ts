/** The frozen encoders: each medium goes through once, and what they say is kept. */
import { type Features, normalise } from '@x-llm/media';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { type Runtime, type Session, Tensor } from '@x-llm/ort';
import type { MediaKind } from '../data/record.ts';
import { createRandom, type Random, seedOf } from '../random.ts';
import type { Base, ImageParts, SpeechParts } from './base.ts';
import { contentHash, FeatureCache, type FeatureRows, type Precision } from './feature-cache.ts';
import {
  hashOf,
  mediaBytes,
  normalisedAs,
  readFrames,
  readPicture,
  readSpeechEnergies,
} from './read-media.ts';
import type { SpeechAugmentation } from './speech-augmentation.ts';

/** Frames of speech are padded to a multiple of this, so that few shapes are planned. */
const frameStep = 8;

export interface MediaFeatures {
  /**
   * Encodes a medium unless that is done, as it is and, unless it is held out, changed; how many rows the language model will
   * read of it. Throws what is wrong with the file.
   */
  prepare(kind: MediaKind, path: string, options?: { readonly isHeldOut?: boolean }): Promise<number>;
  /** SHA-256 of what a medium that was prepared consists of. */
  contentOf(path: string): string | undefined;
  /**
   * Features of a medium that was prepared: [P, E] of a picture, [F·P, E] of a video, [N, E] of speech; of a recording that
   * is to be changed, as `random` draws, or as it is.
   */
  get(kind: MediaKind, path: string, random?: Random): Promise<FeatureRows>;
  [Symbol.dispose](): void;
}

interface Encode {
  readonly cache: FeatureCache;
  /** Ways in which a medium is encoded, 1 unless given: which of them, from 0 on. */
  readonly copies?: number;
  /** From the bytes of a medium; copy 0 is the medium as it is. */
  readonly run: (bytes: readonly Uint8Array[], copy: Copy) => Promise<FeatureRows>;
  /** What becomes of kept features each time they are wanted. */
  readonly change?: (features: FeatureRows, random: Random | undefined) => FeatureRows;
  /** Rows for the language model, the fewest that it may have where it is changed each time. */
  readonly rows: (features: FeatureRows, isHeldOut: boolean) => number;
}

/** A medium that was read. */
interface Medium {
  readonly path: string;
  readonly bytes: readonly Uint8Array[];
  readonly content: string;
}

/** Which copy of a medium, and what it is told by. */
interface Copy {
  readonly number: number;
  readonly content: string;
}

export interface MediaFeaturesOptions {
  readonly base: Base;
  readonly runtime: Runtime;
  readonly folder: string;
  readonly precision: Precision;
  /** Speech stays as log mel energies, for an encoder that is to learn: stage 1. */
  readonly heard?: 'features';
  /** How recordings are changed. */
  readonly augmentation?: SpeechAugmentation | undefined;
}

export function openMediaFeatures(options: MediaFeaturesOptions): MediaFeatures {
  const { base, runtime, folder, precision, augmentation } = options;
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
    const bins = preprocessing.melBins;
    const normalised = (data: Float32Array): Features =>
      normalisedAs(speech, { shape: [data.length / bins, bins], data });
    if (options.heard === 'features') {
      set('audio', {
        cache: cacheOf({ preprocessing, energies: augmentation !== undefined }),
        run: async (bytes) => {
          const energies = await readSpeechEnergies(bytes, speech);
          return rowsOf(augmentation ? energies : normalisedAs(speech, energies));
        },
        // At the highest speed, for that is what a text has to fit.
        rows: ({ rows }, isHeldOut) => (isHeldOut ? rows : Math.floor(rows / (augmentation?.fastest ?? 1))),
        ...(augmentation && {
          change: ({ data }, random) => rowsOf(normalised(random ? augmentation.change(data, random) : data)),
        }),
      });
    } else {
      set('audio', {
        cache: cacheOf({ preprocessing, encoder }, encoder.weights),
        copies: augmentation?.copies ?? 1,
        run: async (bytes, { number, content }) => {
          const energies = await readSpeechEnergies(bytes, speech);
          const { listen } = await hear(speech);
          const changed =
            augmentation && number > 0
              ? await listen(
                  normalised(augmentation.change(energies.data, createRandom(seedOf(content, number)))),
                )
              : undefined;
          // What is drowned is heard as it was.
          const heard = changed ?? (await listen(normalised(energies.data)));
          if (!heard) throw new RangeError('the speech encoder hears nothing in it');
          return heard;
        },
        rows: ({ rows }) => rows,
      });
    }
  }
  const encodeOf = (kind: MediaKind): Encode => {
    const encode = encodes[kind];
    if (!encode) throw new RangeError(`the bundle has no interface for ${kind}`);
    return encode;
  };
  const nameOf = (content: string, copy: number): string =>
    copy === 0 ? content : contentHash(content, `copy ${copy} of ${augmentation?.hash ?? ''}`);
  const open = async (path: string, known?: string): Promise<Medium> => {
    const bytes = await mediaBytes(path);
    const content = hashOf(bytes);
    if (known !== undefined && known !== content)
      throw new Error(`${path} was changed while it is trained on`);
    keys.set(path, content);
    return { path, bytes, content };
  };
  const make = async (kind: MediaKind, copy: number, medium: Medium): Promise<FeatureRows> => {
    const { cache, run } = encodeOf(kind);
    const { path, bytes, content } = medium;
    const name = nameOf(content, copy);
    const kept = await cache.get(name);
    if (kept) return kept;
    await cache.set(name, await run(bytes, { number: copy, content }));
    const written = await cache.get(name);
    if (!written) throw new Error(`the features of ${path} cannot be read back from ${folder}`);
    return written; // in the precision of the file, or the first run would differ from the others
  };
  return {
    contentOf: (path) => keys.get(path),
    async prepare(kind, path, { isHeldOut = false } = {}) {
      const { copies = 1, rows } = encodeOf(kind);
      const medium = await open(path);
      const counts: number[] = [];
      for (let copy = 0; copy < (isHeldOut ? 1 : copies); copy++)
        counts.push(rows(await make(kind, copy, medium), isHeldOut));
      return Math.max(...counts);
    },
    async get(kind, path, random) {
      const { copies = 1, cache, change } = encodeOf(kind);
      const copy = random && copies > 1 ? random.integer(copies) : 0;
      const content = keys.get(path);
      const kept = content === undefined ? undefined : await cache.get(nameOf(content, copy));
      const features = kept ?? (await make(kind, copy, await open(path, content)));
      return change ? change(features, random) : features;
    },
    [Symbol.dispose]: () => cleanup.dispose(),
  };
}

const rowsOf = ({ shape: [rows, width], data }: Features): FeatureRows => ({
  rows,
  width,
  data: new Float32Array(data),
});

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
    }): Promise<FeatureRows | undefined> {
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
      if (count < 1) return undefined;
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
