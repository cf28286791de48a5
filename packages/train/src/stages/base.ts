/** The bundle that training starts from: its parts, and where their weights are. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Bundle,
  type BundleManifest,
  CheckpointError,
  type CheckpointErrorCode,
  openBundle,
  quantizedBits,
} from '@x-llm/checkpoint';
import {
  type Adapter,
  adapters,
  chatGlmConfig,
  type Encoder,
  encoders,
  glmConfig,
  type Make,
  makePart,
  parametersIn,
  type SpeechEncoder,
  type SpeechX2L,
  speechEncoders,
  speechX2ls,
  type X2L,
  x2ls,
} from '@x-llm/engine/parts';
import { type Modality, modalityTags } from '@x-llm/models';
import type { ParameterSource, StoredTensor } from '@x-llm/onnx';
import {
  type EncodedChat,
  encodePlain,
  encodePrompt,
  renderChat,
  type Tokenizer,
  tokenizers,
} from '@x-llm/text';
import { TrainError } from '../error.ts';
import { chatGlmTeacher, glmTeacher, type Teacher } from '../objectives/teacher.ts';
import { resultIn } from './config.ts';

export type Manifest = Omit<BundleManifest, 'files'>;
type Interfaces = BundleManifest['interfaces'];

export interface ImageParts {
  readonly manifest: NonNullable<Interfaces['image']>;
  readonly encoder: Encoder;
  readonly x2l: X2L;
  readonly adapter: Adapter;
}

export interface VideoParts {
  readonly manifest: NonNullable<Interfaces['video']>;
  readonly adapter: Adapter;
  /** What the weights call the queries. */
  readonly queries: string;
}

export interface SpeechParts {
  readonly manifest: NonNullable<Interfaces['speech']>;
  readonly encoder: SpeechEncoder;
  readonly x2l: SpeechX2L;
  readonly adapter: Adapter;
}

/** X-LLM's name for the queries of video, and the file of an interface that the bundle did not have. */
const videoQueries = 'video_query_tokens';
const videoFile = 'video.safetensors';

/** By the name that a bundle gives to the architecture. */
const teachers: Readonly<Record<string, Make<Teacher>>> = {
  chatglm: (json) => chatGlmTeacher(chatGlmConfig(json)),
  glm(json) {
    const { endTokens, ...config } = glmConfig(json);
    return glmTeacher(config, endTokens[0] ?? 0);
  },
};

export class Base {
  readonly bundle: Bundle;
  /** The bundle's own, or with an interface for video beside that for pictures. */
  readonly manifest: Manifest;
  readonly llm: Teacher;
  readonly tokenizer: Tokenizer;
  readonly image: ImageParts | undefined;
  readonly video: VideoParts | undefined;
  readonly speech: SpeechParts | undefined;

  private constructor(bundle: Bundle, tokenizer: Tokenizer) {
    this.bundle = bundle;
    this.tokenizer = tokenizer;
    const { files: _, ...manifest } = bundle.manifest;
    this.manifest = manifest;
    this.llm = makePart(teachers, manifest.llm, 'llm');
    const { image, video, speech } = manifest.interfaces;
    this.image = image && {
      manifest: image,
      encoder: makePart(encoders, image.encoder, 'interfaces.image.encoder'),
      x2l: makePart(x2ls, image.x2l, 'interfaces.image.x2l'),
      adapter: makePart(adapters, image.adapter, 'interfaces.image.adapter'),
    };
    const watched = video ?? (image && videoLike(image));
    this.video = watched && {
      manifest: watched,
      adapter: makePart(adapters, watched.adapter, 'interfaces.video.adapter'),
      queries: watched.queries.name ?? videoQueries,
    };
    this.speech = speech && {
      manifest: speech,
      encoder: makePart(speechEncoders, speech.encoder, 'interfaces.speech.encoder'),
      x2l: makePart(speechX2ls, speech.x2l, 'interfaces.speech.x2l'),
      adapter: makePart(adapters, speech.adapter, 'interfaces.speech.adapter'),
    };
  }

  /**
   * The bundle in a folder, or the one that a run left in its folder. Throws TrainError `invalid_bundle` for a folder that holds
   * none that this version can train.
   */
  static async open(dir: string): Promise<Base> {
    const ofRun = resultIn(dir);
    try {
      const bundle = await openBundle(!holdsBundle(dir) && holdsBundle(ofRun) ? ofRun : dir);
      const { type, file } = bundle.manifest.tokenizer;
      const load = Object.entries(tokenizers).find(([name]) => name === type)?.[1];
      if (!load) throw new RangeError(`tokenizer.type is "${type}"`);
      return new Base(bundle, load(await readFile(bundle.file(file))));
    } catch (error) {
      const code = error instanceof CheckpointError ? error.code : undefined;
      const advice = (code && advices[code]) ?? 'Get the bundle again, or choose another one under "bundle".';
      throw new TrainError('invalid_bundle', error instanceof Error ? error.message : String(error), advice, {
        cause: error,
      });
    }
  }

  /** Token ids of a question with media as the model is asked it. Special tokens in it are text. */
  question(
    messages: readonly { role: 'system' | 'user' | 'assistant'; content: string }[],
    media: readonly Modality[],
  ): EncodedChat {
    const { chatTemplate: template } = this.manifest;
    const turns = messages.map(({ role, content }) => ({ role, text: content }));
    const pieces = renderChat(template, turns);
    return encodePrompt(this.tokenizer, { template, pieces, media, tags: modalityTags });
  }

  textIds(text: string): number[] {
    return encodePlain(this.tokenizer, text);
  }

  /**
   * The weights by `FILE.NAME`, as they lie in the bundle: parts ask for `parameters.at(FILE)`. Undefined for what the
   * bundle does not have.
   */
  readonly source: ParameterSource = (scoped, shape, use) => {
    const found = this.locate(scoped);
    if (!found) return undefined;
    return parametersIn(this.bundle.weights(found.file))(found.name, shape, use);
  };

  /** File and name of a scoped parameter. */
  locate(scoped: string): { readonly file: string; readonly name: string } | undefined {
    const files = Object.keys(this.bundle.manifest.files).filter((file) => file.endsWith('.safetensors'));
    const file = files.find((one) => scoped.startsWith(`${one}.`));
    return file === undefined ? undefined : { file, name: scoped.slice(file.length + 1) };
  }

  /** Whether the bundle has a parameter in few bits. */
  isQuantized(scoped: string): boolean {
    const found = this.locate(scoped);
    const tensors = found && this.bundle.weights(found.file).tensors;
    return quantizedBits.some((bits) => tensors?.has(`${found?.name}.q${bits}`));
  }

  /** A weight in memory, as float32; undefined for what the bundle does not have. */
  read(scoped: string): (StoredTensor & { readonly data: Float32Array<ArrayBuffer> }) | undefined {
    const found = this.locate(scoped);
    const file = found && this.bundle.weights(found.file);
    if (!found || !file?.tensors.has(found.name)) return this.#videosFirst(scoped);
    const { shape } = file.info(found.name);
    return { dtype: 'float32', shape, data: new Float32Array(file.readFloat32(found.name)) };
  }

  /** An interface for video that the bundle did not have begins as that for pictures. */
  #videosFirst(scoped: string) {
    if (this.manifest.interfaces.video || !this.image || !scoped.startsWith(`${videoFile}.`))
      return undefined;
    const name = scoped.slice(videoFile.length + 1);
    const { x2l, adapter } = this.image.manifest;
    if (name === videoQueries) return this.read(`${x2l.weights}.query_tokens`);
    return this.read(`${adapter.weights}.${name}`);
  }

  [Symbol.dispose](): void {
    this.bundle.close();
  }
}

const holdsBundle = (folder: string): boolean => existsSync(join(folder, 'xllm.json'));

const advices: Partial<Record<CheckpointErrorCode, string>> = {
  not_found: 'Name the folder that holds xllm.json under "bundle"; paths are relative to the config.',
  no_language_model:
    'Give it a language model (xllm compose --help), and name the new bundle under "bundle".',
};

const videoLike = ({ adapter }: ImageParts['manifest']): VideoParts['manifest'] => ({
  shares: 'image',
  queries: { name: videoQueries, weights: videoFile },
  adapter: { ...adapter, weights: videoFile },
  frames: { count: 8, sampling: 'uniform' },
});
