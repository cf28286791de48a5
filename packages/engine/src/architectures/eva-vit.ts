import { type EvaVitConfig, evaVitSection, patchGrid } from '@x-llm/models';
import { z } from 'zod';
import type { Encoder, Make } from './architecture.ts';

const size = z.int().positive();

const patchEmbedding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('patch'), size }),
  z.strictObject({
    kind: z.literal('conv-stem'),
    stages: z.array(z.strictObject({ channels: size, blocks: z.int().nonnegative() })).min(1),
  }),
]);

const config = z
  .strictObject({
    imageSize: size,
    patchEmbedding,
    width: size,
    depth: size,
    heads: size,
    mlpWidth: size,
    positionGrid: size,
    blockEpsilon: z.number().positive(),
    outputEpsilon: z.number().positive(),
  })
  .refine(({ width, heads }) => width % heads === 0, { error: 'width must be a multiple of heads' })
  .refine((vit) => dividesIntoPatches(vit), { error: 'imageSize must be a multiple of the patch size' });

function dividesIntoPatches(vit: EvaVitConfig): boolean {
  try {
    return patchGrid(vit) > 0;
  } catch {
    return false;
  }
}

export const evaVitEncoder: Make<Encoder> = (json) => {
  const vit: EvaVitConfig = config.parse(json);
  return {
    inputShape: [3, vit.imageSize, vit.imageSize],
    blocks: vit.depth,
    build: (parameters, input, section = { from: 0, to: vit.depth }) =>
      evaVitSection(vit, parameters, input, section),
  };
};
