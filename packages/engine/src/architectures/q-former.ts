import { type QFormerConfig, queryTokens, readImage } from '@x-llm/models';
import { z } from 'zod';
import type { Make, X2L } from './architecture.ts';

const size = z.int().positive();

const config = z
  .strictObject({
    width: size,
    layers: size,
    heads: size,
    feedForwardWidth: size,
    encoderWidth: size,
    crossAttentionFrequency: size,
    queries: size,
    vocabularySize: size,
    maxPositions: size,
    epsilon: z.number().positive(),
  })
  .refine(({ width, heads }) => width % heads === 0, { error: 'width must be a multiple of heads' });

/** The configuration alone, for training. */
export const qFormerConfig: Make<QFormerConfig> = (json) => config.parse(json);

export const qFormerX2L: Make<X2L> = (json) => {
  const qFormer = qFormerConfig(json);
  return {
    inputWidth: qFormer.encoderWidth,
    outputWidth: qFormer.width,
    rows: qFormer.queries,
    queries: (parameters, name) => queryTokens(qFormer, parameters, name),
    build: (parameters, states, queries) => readImage(qFormer, parameters, { states }, queries).output,
  };
};
