/** A bundle with random weights of the real architectures, for tests: everything but the knowledge is genuine. */
import { type BundleManifest, type FileSource, writeBundle } from '@x-llm/checkpoint';
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
  const llmPart = component('chatglm', llm, 'llm.safetensors');

  const llmShapes = new Map<string, readonly number[]>();
  const language = makePart(languageModels, llmPart, 'llm');
  buildSection(language, collect(llmShapes));
  const files: Record<string, FileSource> = {
    'tokenizer.model': tokenizerModel,
    'llm.safetensors': { tensors: randomWeights(llmShapes, seed) },
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
      llm: { ...llmPart, quantization: null },
      interfaces,
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: 'x-llm',
      generation: { temperature: 0.95, topP: 0.7, maxTokens: 32 },
    },
    files,
  );
}
