/** One training step of the picture encoder that ships, as the recipe has it: 64 pictures. */
import { imageTokens } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { batchParts, classCount as classes, encoderConfig as encoder } from '@x-llm/tiny';
import { classify, createRandom, partsOf } from '@x-llm/train';
import type { Benchmark } from '../benchmark.ts';
import { versusPyTorch } from '../versus.ts';

const [batch, smoothing] = [64, 0.1];
const tokens = imageTokens(encoder);

export const encoderStep: Benchmark = {
  summary: 'forward, backward and AdamW of the tiny picture encoder, against PyTorch',
  run: async (context) => {
    const random = createRandom(7);
    const pixels = new Float32Array(batch * 3 * encoder.imageSize ** 2).map(() => random.normal());
    const labels = BigInt64Array.from({ length: batch }, () => BigInt(random.integer(classes)));
    const { patchEmbedding, ...sizes } = encoder;
    if (patchEmbedding.kind !== 'conv-stem')
      throw new Error(`the peer computes a stem of convolutions, no ${patchEmbedding.kind}`);
    const inputs = {
      pixels: Tensor.from('float32', pixels, [batch, 3, encoder.imageSize, encoder.imageSize]),
      regions: Tensor.from('float32', new Float32Array(batch * tokens).fill(1 / tokens), [batch, 1, tokens]),
      labels: Tensor.from('int64', labels, [batch, 1]),
    };
    const outcome = await versusPyTorch(context, {
      name: 'encoder',
      parts: partsOf(inputs, batchParts),
      build: classify({ encoder, classes, batch: batch / batchParts, regions: 1, smoothing }),
      inputs,
      script: 'encoder.py',
      config: { ...sizes, stages: patchEmbedding.stages, smoothing },
    });
    const { imageSize, width, depth } = encoder;
    return { ...outcome, settings: { ...outcome.settings, imageSize, width, depth } };
  },
};
