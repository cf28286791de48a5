/** Interfaces of random bundles: what the manifest says of them, and the weights that they need. */
import type { BundleManifest, ImageInterface, SpeechInterface, VideoInterface } from '@x-llm/checkpoint';
import type {
  AdapterConfig,
  CFormerConfig,
  EvaVitConfig,
  ParaformerConfig,
  QFormerConfig,
  SpeechEncoderConfig,
} from '@x-llm/models';
import { Graph, Parameters } from '@x-llm/onnx';
import { adapters, encoders, makePart, speechEncoders, speechX2ls, x2ls } from '../architectures/index.ts';
import { collect } from './random-weights.ts';

export interface Sizes {
  /** As large as the model that ships. */
  readonly tiny: boolean;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
}

export const component = (architecture: string, config: object, weights: string) => ({
  architecture,
  config: JSON.parse(JSON.stringify(config)),
  weights,
});

const adapter = (config: AdapterConfig, weights: string) => component('linear', config, weights);

const qFormerWidth = ({ tiny }: Sizes) => (tiny ? 256 : 32);

export function randomImage(sizes: Sizes): ImageInterface {
  const { tiny, hiddenSize, vocabularySize } = sizes;
  const encoder: EvaVitConfig = {
    imageSize: tiny ? 56 : 16,
    patchEmbedding: {
      kind: 'conv-stem',
      stages: tiny
        ? [
            { channels: 32, blocks: 1 },
            { channels: 96, blocks: 2 },
            { channels: 192, blocks: 2 },
          ]
        : [{ channels: 16, blocks: 1 }],
    },
    width: tiny ? 192 : 32,
    depth: tiny ? 3 : 1,
    heads: tiny ? 6 : 2,
    mlpWidth: tiny ? 768 : 64,
    positionGrid: tiny ? 7 : 8,
    blockEpsilon: 1e-6,
    outputEpsilon: 1e-5,
  };
  const qFormer: QFormerConfig = {
    width: qFormerWidth(sizes),
    layers: tiny ? 4 : 2,
    heads: tiny ? 8 : 2,
    feedForwardWidth: tiny ? 1024 : 64,
    encoderWidth: encoder.width,
    crossAttentionFrequency: 2,
    queries: tiny ? 16 : 4,
    vocabularySize,
    maxPositions: 64,
    epsilon: 1e-12,
  };
  const preprocessing = {
    size: encoder.imageSize,
    mean: [0.48145466, 0.4578275, 0.40821073] as [number, number, number],
    std: [0.26862954, 0.26130258, 0.27577711] as [number, number, number],
  };
  const weights = 'image.safetensors';
  return {
    preprocessing,
    encoder: component('eva-vit', encoder, weights),
    x2l: component('q-former', qFormer, weights),
    adapter: adapter({ width: qFormer.width, outputWidth: hiddenSize, name: 'llm_proj' }, weights),
  };
}

export function randomVideo(sizes: Sizes): VideoInterface {
  const weights = 'video.safetensors';
  const config = { width: qFormerWidth(sizes), outputWidth: sizes.hiddenSize, name: 'video_proj' };
  return {
    shares: 'image',
    queries: { name: 'video_query_tokens', weights },
    adapter: adapter(config, weights),
    frames: { count: sizes.tiny ? 8 : 3, sampling: 'uniform' },
  };
}

export function randomSpeech({ tiny, hiddenSize }: Sizes): SpeechInterface {
  const encoder: SpeechEncoderConfig = {
    conformer: {
      inputWidth: 80,
      width: tiny ? 144 : 16,
      heads: tiny ? 4 : 2,
      feedForwardWidth: tiny ? 576 : 32,
      blocks: tiny ? 6 : 2,
      kernel: tiny ? 15 : 5,
      layerNormEpsilon: 1e-12,
      batchNormEpsilon: 1e-5,
      poolAfter: [tiny ? 3 : 1],
    },
    cif: { threshold: 0.999, tail: 0.5, kernel: 3 },
  };
  const cFormer: Omit<CFormerConfig, 'outputWidth'> = {
    inputWidth: encoder.conformer.width,
    width: tiny ? 256 : 32,
    layers: 2,
    heads: tiny ? 8 : 2,
    feedForwardWidth: tiny ? 1024 : 64,
    maxPositions: tiny ? 512 : 64,
    tokenTypes: 2,
    epsilon: 1e-12,
  };
  const sAdapter: AdapterConfig = {
    width: cFormer.width,
    outputWidth: hiddenSize,
    name: 'post_bert_proj',
    activation: 'relu',
  };
  const weights = 'speech.safetensors';
  return {
    preprocessing: {
      sampleRateHz: 16_000,
      melBins: encoder.conformer.inputWidth,
      window: 'povey',
      cmvn: 'utterance',
      maxSeconds: tiny ? 30 : 12,
    },
    encoder: component('conformer-cif', encoder, weights),
    x2l: component('c-former', cFormer, weights),
    adapter: adapter(sAdapter, weights),
    transcriptionPrompt: '请忠实地识别该语音',
    transcriptionPrompts: { en: 'write down what is said.', zh: '写下语音。' },
  };
}

/** The same without a C-Former, and with features as they are. */
export function randomSpeechFc(sizes: Sizes): SpeechInterface {
  const { preprocessing, encoder } = randomSpeech(sizes);
  const weights = 'speech.safetensors';
  const width = sizes.tiny ? 144 : 16;
  return {
    preprocessing: { ...preprocessing, window: 'hamming', cmvn: 'none' },
    encoder,
    x2l: component('fc', {}, weights),
    adapter: adapter({ width, outputWidth: sizes.hiddenSize, name: 'speech_feat_proj' }, weights),
  };
}

/** The same with Paraformer in front, normalised by its own numbers. */
export function randomParaformer(sizes: Sizes): SpeechInterface {
  const { preprocessing, x2l, ...others } = randomSpeech(sizes);
  const encoder: ParaformerConfig = {
    frontEnd: { melBins: 80, stack: 7, step: 6 },
    sanm: { width: 16, heads: 2, feedForwardWidth: 32, blocks: 2, kernel: 11, epsilon: 1e-12 },
    predictor: { before: 1, after: 1, smoothing: 1, noise: 0, threshold: 1, tailWeight: 0.45, bias: 1 },
  };
  return {
    ...others,
    preprocessing: { ...preprocessing, window: 'hamming', cmvn: 'none' },
    encoder: component('paraformer', encoder, 'speech-encoder.safetensors'),
    x2l: component('c-former', { ...x2l.config, inputWidth: encoder.sanm.width }, x2l.weights),
  };
}

type Shapes = Map<string, readonly number[]>;

/** Shapes of the weights of each file. */
export function shapesOf({ image, video, speech }: BundleManifest['interfaces']): Map<string, Shapes> {
  const files = new Map<string, Shapes>();
  const graph = new Graph('shapes');
  const parameters = (weights: string) => {
    const shapes: Shapes = files.get(weights) ?? new Map();
    files.set(weights, shapes);
    return new Parameters(graph, collect(shapes));
  };
  if (image) {
    const own = parameters(image.encoder.weights);
    const encoder = makePart(encoders, image.encoder, 'encoder');
    const x2l = makePart(x2ls, image.x2l, 'x2l');
    const states = encoder.build(own, graph.input('pixels', 'float32', ['B', ...encoder.inputShape]));
    const rows = x2l.build(own, states);
    makePart(adapters, image.adapter, 'adapter').build(own, rows);
    if (video) {
      const others = parameters(video.queries.weights);
      x2l.queries(others, video.queries.name ?? '');
      makePart(adapters, video.adapter, 'adapter').build(others, rows);
    }
  }
  if (speech) {
    const own = parameters(speech.encoder.weights);
    const encoder = makePart(speechEncoders, speech.encoder, 'encoder');
    const features = graph.input('features', 'float32', ['B', encoder.features('S'), encoder.melBins]);
    const heard = encoder.build(own, features, graph.input('lengths', 'int64', ['B']));
    const embeddings = graph.input('embeddings', 'float32', ['B', 'N', heard.embeddings.shape[2] ?? 1]);
    const keep = graph.input('keep', 'int64', ['B', 'N']);
    const reader = parameters(speech.x2l.weights);
    const rows = makePart(speechX2ls, speech.x2l, 'x2l').build(reader, embeddings, keep);
    makePart(adapters, speech.adapter, 'adapter').build(parameters(speech.adapter.weights), rows);
  }
  return files;
}
