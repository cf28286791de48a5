import { type CFormerConfig, readSpeech } from '@x-llm/models';
import { z } from 'zod';
import type { Make, SpeechX2L } from './architecture.ts';

const size = z.int().positive();

const config = z
  .strictObject({
    inputWidth: size,
    width: size,
    layers: size,
    heads: size,
    feedForwardWidth: size,
    maxPositions: size,
    tokenTypes: size,
    epsilon: z.number().positive(),
  })
  .refine(({ width, heads }) => width % heads === 0, { error: 'width must be a multiple of heads' });

export const cFormerX2L: Make<SpeechX2L> = (json) => {
  const cFormer: Omit<CFormerConfig, 'outputWidth'> = config.parse(json);
  return {
    inputWidth: cFormer.inputWidth,
    outputWidth: cFormer.width,
    maxRows: cFormer.maxPositions,
    build: (parameters, embeddings, keep) => readSpeech(cFormer, parameters, embeddings, keep).states,
  };
};

/** X-LLM's variant "fc": the embeddings go to the adapter as they are. */
export const noX2L: Make<SpeechX2L> = (json) => {
  z.strictObject({}).parse(json);
  return {
    inputWidth: undefined,
    outputWidth: undefined,
    maxRows: Number.POSITIVE_INFINITY,
    build: (_, embeddings) => embeddings,
  };
};
