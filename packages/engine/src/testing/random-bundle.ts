/** A bundle with random weights of the real architectures, for tests: everything but the knowledge is genuine. */
import {
  type BundleManifest,
  type FileSource,
  type Quantization,
  quantizeBlocks,
  quantizedShapes,
  type TensorSource,
  writeBundle,
} from '@x-llm/checkpoint';
import { buildSection, type ChatGlmConfig } from '@x-llm/models';
import { loadSentencePiece, trainSentencePieceBpe } from '@x-llm/text';
import { languageModels, makePart } from '../architectures/index.ts';
import {
  component,
  randomImage,
  randomParaformer,
  randomSpeech,
  randomSpeechFc,
  randomVideo,
  shapesOf,
} from './random-interfaces.ts';
import { collect, randomWeights } from './random-weights.ts';

const otherSpeech = { fc: randomSpeechFc, paraformer: randomParaformer } as const;

export interface RandomBundleOptions {
  readonly seed?: number;
  /** `small` runs in a blink; `tiny` is as large as the model that ships. */
  readonly size?: 'small' | 'tiny';
  /** There unless it is false. */
  readonly image?: boolean;
  /** Needs `image`. Not there unless asked for, as speech. */
  readonly video?: boolean;
  /** `fc`: without a C-Former; `paraformer`: with that for an encoder. */
  readonly speech?: boolean | keyof typeof otherSpeech;
  readonly maxPositions?: number;
  /** Of the language model; ChatGLM unless given. */
  readonly architecture?: 'chatglm' | 'glm';
  /** Matrices of the language model in few bits. */
  readonly quantization?: Quantization | null;
}

const controlSymbols = ['<pad>', '[MASK]', '[gMASK]', '<sop>', '<eop>'];
const userSymbols = ['<Image>', '</Image>', '<Video>', '</Video>', '<Speech>', '</Speech>'];
const sentences = [
  '问：这是什么？答：这是一只猫。',
  'question: what is this? answer: a red apple on a green tree.',
  '[Round 0]\n问：有几个？\n答：两个。\n',
];

/** Writes the bundle into `dir`. Equal options give equal bytes. */
export async function writeRandomBundle(dir: string, options: RandomBundleOptions = {}): Promise<void> {
  const {
    seed = 1,
    size = 'small',
    image = true,
    video = false,
    speech = false,
    maxPositions = 128,
    architecture = 'chatglm',
    quantization = null,
  } = options;
  const tiny = size === 'tiny';
  const pieces = 275 + 60;
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
  const { vocabSize, hiddenSize, layers, heads, ffnSize } = llm;
  const glm = {
    vocabSize,
    hiddenSize,
    layers,
    heads,
    ffnSize,
    maxPositions,
    keyValueHeads: 1,
    headWidth: hiddenSize / heads,
    normEpsilon: 1e-5,
    rotaryBase: 10_000,
    positionDivisor: 1,
    projectionBias: true,
    sandwichNorms: false,
    layout: 'chatglm',
    endTokens: [llm.tokens.eop],
  };
  const llmPart = component(architecture, architecture === 'glm' ? glm : llm, 'llm.safetensors');

  const llmShapes = new Map<string, readonly number[]>();
  const language = makePart(languageModels, llmPart, 'llm');
  const matrices = new Set<string>();
  buildSection(language, (name, shape, use) => {
    if (use === 'matrix') matrices.add(name);
    return collect(llmShapes)(name, shape, use);
  });
  const weights = randomWeights(llmShapes, seed).flatMap((tensor) =>
    quantization && matrices.has(tensor.name) ? quantized(tensor, quantization) : [tensor],
  );
  const files: Record<string, FileSource> = {
    'tokenizer.model': tokenizerModel,
    'llm.safetensors': { tensors: weights },
  };
  const sizes = { tiny, hiddenSize: llm.hiddenSize, vocabularySize: llm.vocabSize };
  const interfaces: BundleManifest['interfaces'] = {
    ...(image ? { image: randomImage(sizes) } : {}),
    ...(image && video ? { video: randomVideo(sizes) } : {}),
    ...(speech ? { speech: (speech === true ? randomSpeech : otherSpeech[speech])(sizes) } : {}),
  };
  for (const [at, [name, shapes]] of [...shapesOf(interfaces)].entries()) {
    files[name] = { tensors: randomWeights(shapes, seed + 1 + at) };
  }
  await writeBundle(
    dir,
    {
      format: 1,
      name: 'random-model',
      licence: 'MIT',
      provenance: { summary: 'Random weights.', sources: [] },
      llm: { ...llmPart, quantization },
      interfaces,
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: 'x-llm',
      generation: { temperature: 0.95, topP: 0.7, maxTokens: 32 },
    },
    files,
  );
}

/** The two tensors that stand for a matrix. */
function quantized({ name, dtype, shape, data }: TensorSource, quantization: Quantization): TensorSource[] {
  if (typeof data === 'function') throw new TypeError(`${name} is not in memory`);
  const [rows = 1, columns = 1] = shape;
  const shapes = quantizedShapes(rows, columns, quantization);
  const { scales, packed } = quantizeBlocks(dtype, data, columns, quantization);
  return [
    { name: `${name}.scales`, dtype: 'float32', shape: shapes.scales, data: scales },
    { name: `${name}.q${quantization.bits}`, dtype: 'uint8', shape: shapes.packed, data: packed },
  ];
}
