/** One training step of stage 1 for speech: 44 recordings of two seconds, CE through CIF + quantity + CTC. */
import { type ConformerConfig, subsampledFrames } from '@x-llm/models';
import { batchParts } from '@x-llm/tiny';
import { createRandom, packSpeechBatch, partsOf, stage1Speech } from '@x-llm/train';
import type { Benchmark } from '../benchmark.ts';
import { versusPyTorch } from '../versus.ts';

/** About the encoder that ships; kept here so that numbers of different versions compare. */
const encoder: ConformerConfig = {
  inputWidth: 80,
  width: 160,
  heads: 4,
  feedForwardWidth: 640,
  blocks: 6,
  kernel: 15,
  layerNormEpsilon: 1e-5,
  batchNormEpsilon: 1e-5,
  subsamplingChannels: 32,
  convolutionNorm: 'layer',
  poolAfter: [3],
};
const sizes = { batch: 44, frames: 192, bins: encoder.inputWidth, tokens: 9, units: 18 };
const [vocabulary, classes, ctcBlock, labelSmoothing, quantityWeight] = [4096, 89, 3, 0.1, 1];

export const speechStep: Benchmark = {
  summary: 'forward, backward and AdamW of stage 1 for speech, against PyTorch',
  run: (context) => {
    const random = createRandom(9);
    const between = (least: number, most: number) => least + random.integer(most - least + 1);
    const list = (length: number, classes: number) =>
      Array.from({ length }, () => 1 + random.integer(classes - 1));
    const examples = Array.from({ length: sizes.batch }, () => ({
      features: new Float32Array(between(150, sizes.frames) * sizes.bins).map(() => random.normal()),
      tokens: list(between(5, sizes.tokens), vocabulary), // fewer than frames, so that no frame fires twice
      units: list(between(10, sizes.units), classes),
    }));
    const inputs = packSpeechBatch(examples, { ...sizes, unitFrames: subsampledFrames });
    return versusPyTorch(context, {
      name: 'speech',
      parts: partsOf(inputs, batchParts),
      build: stage1Speech({
        encoder,
        vocabulary,
        batch: sizes.batch / batchParts,
        frames: sizes.frames,
        tokens: sizes.tokens,
        labelSmoothing,
        quantityWeight,
        ctc: { classes, units: sizes.units, block: ctcBlock, weight: 1 },
      }),
      inputs,
      script: 'speech.py',
      config: { ...encoder, tokens: sizes.tokens, ctcBlock, labelSmoothing, quantityWeight },
    });
  },
};
