import type { ChatGlmConfig, ChatGlmTokens, EvaVitConfig } from '@x-llm/models';
import { world } from '../data/index.ts';

/** The picture encoder: EVA ViT behind a convolutional stem, 49 patches and the class token. */
export const encoderConfig: EvaVitConfig = {
  imageSize: 56,
  patchEmbedding: {
    kind: 'conv-stem',
    stages: [
      { channels: 32, blocks: 1 },
      { channels: 96, blocks: 2 },
      { channels: 192, blocks: 2 },
    ],
  },
  width: 192,
  depth: 3,
  heads: 6,
  mlpWidth: 768,
  positionGrid: 7,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};

/** Things the encoder learns to tell apart before anything else is trained. */
export const classCount = world.length;

/** Everything random in the recipe derives from this. */
export const recipeSeed = 20260;

/** Run folders, one per step of the recipe; ignored by git. */
export const runsDirectory = '.xllm/runs/tiny';

/** Pieces of the tokenizer, special ones and 256 bytes included. */
export const vocabularySize = 4096;

/** The prompt format, by its name in @x-llm/text. */
export const chatTemplateName = 'x-llm';

/** The language model: ChatGLM-6B's architecture at 5 M parameters. */
export const llmConfig = (tokens: ChatGlmTokens): ChatGlmConfig => ({
  vocabSize: vocabularySize,
  hiddenSize: 256,
  layers: 4,
  heads: 8,
  ffnSize: 1024,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 4,
  maxPositions: 512,
  rotaryPrecision: 'float32',
  tokens,
});
