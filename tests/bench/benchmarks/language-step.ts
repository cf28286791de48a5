/** One training step of the tiny language model: 64 rows of 40 tokens. */
import type { ChatGlmConfig } from '@x-llm/models';
import { batchParts } from '@x-llm/tiny';
import { createRandom, labelCounts, languageModel, packTextBatch, seedOf } from '@x-llm/train';
import type { Benchmark } from '../benchmark.ts';
import { versusPyTorch } from '../versus.ts';

/** Of the model that ships; kept here so that numbers of different versions compare. */
export const languageConfig: ChatGlmConfig = {
  vocabSize: 4096,
  hiddenSize: 256,
  layers: 4,
  heads: 8,
  ffnSize: 1024,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 4,
  maxPositions: 512,
  rotaryPrecision: 'float32',
  tokens: { pad: 0, mask: 1, gmask: 2, sop: 3, eop: 4 },
};

export const languageShape = { batch: 64, length: 40, targets: 64 * 20 };

const partShape = ({ batch, length, targets }: typeof languageShape) => ({
  batch: batch / batchParts,
  length,
  targets: targets / batchParts,
});

/** Questions of 12 … 20 tokens and answers of 6 … 16. */
function examples() {
  return Array.from({ length: languageShape.batch }, (_, row) => {
    const random = createRandom(seedOf('bench', row));
    const words = (count: number) =>
      Array.from({ length: count }, () => 5 + random.integer(languageConfig.vocabSize - 5));
    return { question: words(12 + random.integer(9)), answer: words(6 + random.integer(11)) };
  });
}

export const languageStep: Benchmark = {
  summary: 'forward, backward and AdamW of the tiny language model, against PyTorch',
  run: (context) => {
    const { tokens, ...config } = languageConfig;
    const rows = examples();
    const part = partShape(languageShape);
    const parts = Array.from({ length: batchParts }, (_, at) =>
      packTextBatch(rows.slice(at * part.batch, (at + 1) * part.batch), part, tokens),
    );
    return versusPyTorch(context, {
      name: 'language',
      build: languageModel(languageConfig, part),
      parts,
      weights: labelCounts(parts),
      inputs: packTextBatch(rows, languageShape, tokens),
      script: 'language_model.py',
      config,
    });
  },
};
