/** A bundle with random weights of the real architectures, for tests: everything but the knowledge is genuine. */
import { type FileSource, type TensorSource, writeBundle } from '@x-llm/checkpoint';
import type { AdapterConfig, ChatGlmConfig, EvaVitConfig, QFormerConfig } from '@x-llm/models';
import { Graph, type ParameterSource, Parameters } from '@x-llm/onnx';
import { loadSentencePiece, trainSentencePieceBpe } from '@x-llm/text';
import { adapters, encoders, languageModels, makePart, x2ls } from '../architectures/index.ts';
import { createRandom } from '../sampling/random.ts';

export interface RandomBundleOptions {
  readonly seed?: number;
  /** `small` runs in a blink; `tiny` is as large as the model that ships. */
  readonly size?: 'small' | 'tiny';
  /** Without it the bundle is of text only. */
  readonly image?: boolean;
  readonly maxPositions?: number;
}

const controlSymbols = ['<pad>', '[MASK]', '[gMASK]', '<sop>', '<eop>'];
const userSymbols = ['<Image>', '</Image>'];
const sentences = [
  '问：这是什么？答：这是一只猫。',
  'question: what is this? answer: a red apple on a green tree.',
  '[Round 0]\n问：有几个？\n答：两个。\n',
];

/** Shapes of the weights that a graph asks for, by name. */
function collect(shapes: Map<string, readonly number[]>): ParameterSource {
  return (name, shape) => {
    shapes.set(name, shape);
    return 'input';
  };
}

/** Normal numbers that weights are drawn from. */
const poolSize = 65_536;

/** Attention is made strong: answers should depend on everything that was read. */
function deviationOf(name: string, fanIn: number): number {
  if (/embeddings|tokens|cls/.test(name)) return 1;
  return (/attention|attn/.test(name) ? 3 : 1) * fanIn ** -0.5;
}

/** Weights as large as training leaves them, so that scores differ from token to token. */
function randomWeights(shapes: ReadonlyMap<string, readonly number[]>, seed: number): TensorSource[] {
  const random = createRandom(seed);
  // Drawn from a pool: millions of logarithms would take most of a test's time.
  const pool = Float64Array.from(
    { length: poolSize },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  const normal = () => pool[Math.floor(random() * poolSize)] ?? 0;
  return [...shapes].map(([name, shape]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const isNormScale = /norm|ln_|LayerNorm/i.test(name) && name.endsWith('weight') && shape.length === 1;
    const deviation = shape.length < 2 ? 0.1 : deviationOf(name, count / (shape[0] ?? 1));
    const data = Float16Array.from({ length: count }, () => (isNormScale ? 1 : 0) + deviation * normal());
    return { name, dtype: 'float16', shape, data };
  });
}

/** Writes the bundle into `dir`. Equal options give equal bytes. */
export async function writeRandomBundle(dir: string, options: RandomBundleOptions = {}): Promise<void> {
  const { seed = 1, size = 'small', image = true, maxPositions = 128 } = options;
  const tiny = size === 'tiny';
  const pieces = 271 + 60;
  const tokenizerModel = trainSentencePieceBpe(sentences, {
    vocabSize: pieces,
    characterCoverage: 1,
    controlSymbols,
    userSymbols,
  });
  const tokenizer = loadSentencePiece(tokenizerModel);
  const id = (piece: string) => tokenizer.id(piece) ?? -1;
  const llm: ChatGlmConfig = {
    vocabSize: tiny ? 4096 : tokenizer.vocabSize,
    hiddenSize: tiny ? 256 : 64,
    layers: tiny ? 4 : 2,
    heads: tiny ? 8 : 2,
    ffnSize: tiny ? 1024 : 128,
    layerNormEpsilon: 1e-5,
    residualAlphaLayers: 1,
    maxPositions,
    rotaryPrecision: 'float32',
    tokens: {
      pad: id('<pad>'),
      mask: id('[MASK]'),
      gmask: id('[gMASK]'),
      sop: id('<sop>'),
      eop: id('<eop>'),
    },
  };
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
    width: tiny ? 256 : 32,
    layers: tiny ? 4 : 2,
    heads: tiny ? 8 : 2,
    feedForwardWidth: tiny ? 1024 : 64,
    encoderWidth: encoder.width,
    crossAttentionFrequency: 2,
    queries: tiny ? 16 : 4,
    vocabularySize: llm.vocabSize,
    maxPositions: 64,
    epsilon: 1e-12,
  };
  const adapter: AdapterConfig = { width: qFormer.width, outputWidth: llm.hiddenSize, name: 'llm_proj' };
  const preprocessing = {
    size: encoder.imageSize,
    mean: [0.48145466, 0.4578275, 0.40821073] as [number, number, number],
    std: [0.26862954, 0.26130258, 0.27577711] as [number, number, number],
  };

  const json = <Config extends object>(config: Config) => JSON.parse(JSON.stringify(config));
  const component = (architecture: string, config: object, weights: string) => ({
    architecture,
    config: json(config),
    weights,
  });
  const parts = {
    encoder: component('eva-vit', encoder, 'image.safetensors'),
    x2l: component('q-former', qFormer, 'image.safetensors'),
    adapter: component('linear', adapter, 'image.safetensors'),
  };
  const llmPart = component('chatglm', llm, 'llm.safetensors');

  const llmShapes = new Map<string, readonly number[]>();
  makePart(languageModels, llmPart, 'llm').buildPrefill(collect(llmShapes));
  makePart(languageModels, llmPart, 'llm').buildEmbedding(collect(llmShapes));
  const files: Record<string, FileSource> = {
    'tokenizer.model': tokenizerModel,
    'llm.safetensors': { tensors: randomWeights(llmShapes, seed) },
  };
  if (image) {
    const shapes = new Map<string, readonly number[]>();
    const graph = new Graph('shapes');
    const parameters = new Parameters(graph, collect(shapes));
    const eye = makePart(encoders, parts.encoder, 'encoder');
    const states = eye.build(parameters, graph.input('pixels', 'float32', ['B', ...eye.inputShape]));
    const rows = makePart(x2ls, parts.x2l, 'x2l').build(parameters, states);
    makePart(adapters, parts.adapter, 'adapter').build(parameters, rows);
    files['image.safetensors'] = { tensors: randomWeights(shapes, seed + 1) };
  }
  await writeBundle(
    dir,
    {
      format: 1,
      name: 'random-model',
      licence: 'MIT',
      provenance: { summary: 'Random weights.', sources: [] },
      llm: { ...llmPart, quantization: null },
      interfaces: image ? { image: { preprocessing, ...parts } } : {},
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: 'x-llm',
      generation: { temperature: 0.95, topP: 0.7, maxTokens: 32 },
    },
    files,
  );
}
