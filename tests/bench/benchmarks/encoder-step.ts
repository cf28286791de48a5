/** One training step of the tiny picture encoder: 64 pictures of 48×48. */
import { type EvaVitConfig, imageTokens } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { classify, createRandom } from '@x-llm/train';
import type { Benchmark } from '../benchmark.ts';
import { versusPyTorch } from '../versus.ts';

/** About the encoder that ships; kept here so that numbers of different versions compare. */
const stages = [
  { channels: 32, blocks: 0 },
  { channels: 64, blocks: 1 },
  { channels: 160, blocks: 2 },
];
const encoder: EvaVitConfig = {
  imageSize: 48,
  patchEmbedding: { kind: 'conv-stem', stages },
  width: 192,
  depth: 2,
  heads: 6,
  mlpWidth: 768,
  positionGrid: 6,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};
const [batch, classes, smoothing] = [64, 861, 0.1];
const tokens = imageTokens(encoder);

export const encoderStep: Benchmark = {
  summary: 'forward, backward and AdamW of the tiny picture encoder, against PyTorch',
  run: (context) => {
    const random = createRandom(7);
    const pixels = new Float32Array(batch * 3 * encoder.imageSize ** 2).map(() => random.normal());
    const labels = BigInt64Array.from({ length: batch }, () => BigInt(random.integer(classes)));
    const { patchEmbedding: _, ...sizes } = encoder;
    return versusPyTorch(context, {
      name: 'encoder',
      build: classify({ encoder, classes, batch, regions: 1, smoothing }),
      inputs: {
        pixels: Tensor.from('float32', pixels, [batch, 3, encoder.imageSize, encoder.imageSize]),
        regions: Tensor.from('float32', new Float32Array(batch * tokens).fill(1 / tokens), [
          batch,
          1,
          tokens,
        ]),
        labels: Tensor.from('int64', labels, [batch, 1]),
      },
      script: 'encoder.py',
      config: { ...sizes, stages, smoothing },
    });
  },
};
