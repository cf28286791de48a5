import { cachedGlm, type GlmConfig } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { z } from 'zod';
import type { LanguageModel, Make } from './architecture.ts';

const size = z.int().positive();

const config = z
  .strictObject({
    vocabSize: size,
    hiddenSize: size,
    layers: size,
    heads: size,
    keyValueHeads: size,
    headWidth: size,
    ffnSize: size,
    normEpsilon: z.number().positive(),
    rotaryBase: z.number().positive(),
    positionDivisor: z.number().positive(),
    maxPositions: size,
    projectionBias: z.boolean(),
    sandwichNorms: z.boolean(),
    layout: z.enum(['chatglm', 'hugging-face']),
    /** Tokens that end an answer. */
    endTokens: z.array(z.int().nonnegative()).min(1),
  })
  .refine(({ heads, keyValueHeads }) => heads % keyValueHeads === 0, {
    error: 'heads must be a multiple of keyValueHeads',
  })
  .refine(({ headWidth }) => headWidth % 8 === 0, {
    error: 'headWidth must be a multiple of 8, or ONNX Runtime cannot attend in place',
  })
  .refine(({ endTokens, vocabSize }) => endTokens.every((token) => token < vocabSize), {
    error: 'every one of endTokens must be below vocabSize',
  });

/** The configuration alone, for training. */
export const glmConfig: Make<GlmConfig & { readonly endTokens: readonly number[] }> = (json) =>
  config.parse(json);

/** ChatGLM2, ChatGLM3, GLM-4: causal from the first token to the last. What begins an answer is the chat template's. */
export const glm: Make<LanguageModel> = (json) => {
  const { endTokens, ...model } = glmConfig(json);
  return {
    ...cachedGlm(model),
    maxLength: model.maxPositions,
    endTokens,
    promptIds: (text) => [...text],
    promptInputs(promptLength, answered = 0) {
      const length = promptLength + answered;
      const positions = BigInt64Array.from({ length }, (_, at) => BigInt(at));
      return { positions: Tensor.from('int64', positions, [1, 1, length]) };
    },
    answerPosition: (promptLength, index) => [promptLength + index],
  };
};
