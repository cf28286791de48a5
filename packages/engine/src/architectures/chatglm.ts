import { attentionBias, type ChatGlmConfig, cachedChatGlm, int64Rows, positionsOf } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';
import { z } from 'zod';
import type { LanguageModel, Make } from './architecture.ts';

const size = z.int().positive();
const id = z.int().nonnegative();

const config = z
  .strictObject({
    vocabSize: size,
    hiddenSize: size,
    layers: size,
    heads: size,
    ffnSize: size,
    layerNormEpsilon: z.number().positive(),
    residualAlphaLayers: size,
    maxPositions: size,
    rotaryPrecision: z.enum(['float32', 'float16-frequencies', 'float16']),
    tokens: z.strictObject({ pad: id, mask: id, gmask: id, sop: id, eop: id }),
  })
  .refine(({ hiddenSize, heads }) => hiddenSize % (8 * heads) === 0, {
    error: 'hiddenSize must be a multiple of 8 · heads, or ONNX Runtime cannot attend in place',
  })
  .refine(({ tokens, vocabSize }) => Object.values(tokens).every((token) => token < vocabSize), {
    error: 'every one of tokens must be below vocabSize',
  });

/** The configuration alone, for training. */
export const chatGlmConfig: Make<ChatGlmConfig> = (json) => config.parse(json);

/** ChatGLM-6B: text `[gMASK] <sop>` answer `<eop>`, everything before `<sop>` seeing each other. */
export const chatGlm: Make<LanguageModel> = (json) => {
  const glm = chatGlmConfig(json);
  const { tokens } = glm;
  return {
    ...cachedChatGlm(glm),
    maxLength: glm.maxPositions,
    endTokens: [tokens.eop],
    promptIds: (text) => [...text, tokens.gmask, tokens.sop],
    promptInputs(promptLength, answered = 0) {
      const length = promptLength + answered;
      // Which tokens stand before `[gMASK] <sop>`, and which are the answer, does not matter.
      const ids = Array<number>(length).fill(tokens.pad);
      ids.splice(promptLength - 2, 2, tokens.gmask, tokens.sop);
      const bias = attentionBias({ length, context: promptLength - 1 });
      return {
        positions: Tensor.from('int64', int64Rows(positionsOf(ids, tokens)), [1, 2, length]),
        bias: Tensor.from('float32', bias, [1, 1, length, length]),
      };
    },
    answerPosition: (promptLength, index) => [promptLength - 2, index + 2],
  };
};
