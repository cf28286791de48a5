import { type ChatGlmConfig, type ChatGlmTokens, cachedChatGlm, int64Rows, positionsOf } from '@x-llm/models';
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

/** Added to the score of a hidden token; the reference's fill. */
const hidden = -10_000;

/** ChatGLM-6B: text `[gMASK] <sop>` answer `<eop>`, everything before `<sop>` seeing each other. */
export const chatGlm: Make<LanguageModel> = (json) => {
  const glm = chatGlmConfig(json);
  const { tokens } = glm;
  return {
    ...cachedChatGlm(glm),
    maxLength: glm.maxPositions,
    endTokens: [tokens.eop],
    promptIds: (text) => [...text, tokens.gmask, tokens.sop],
    promptInputs: (length) => ({
      positions: Tensor.from('int64', promptPositions(length, tokens), [1, 2, length]),
      bias: Tensor.from('float32', promptBias(length), [1, 1, length, length]),
    }),
    answerPosition: (promptLength, index) => [promptLength - 2, index + 2],
  };
};

/** `positionsOf` a prompt of that length; what stands before its `[gMASK] <sop>` does not matter. */
function promptPositions(length: number, tokens: ChatGlmTokens): BigInt64Array<ArrayBuffer> {
  const ids = [...Array<number>(length - 2).fill(tokens.pad), tokens.gmask, tokens.sop];
  return int64Rows(positionsOf(ids, tokens));
}

/** `attentionBias` of a prompt: only `<sop>`, the last token, is hidden, from all before it. */
function promptBias(length: number): Float32Array<ArrayBuffer> {
  const bias = new Float32Array(length * length);
  for (let row = 0; row < length - 1; row++) bias[row * length + length - 1] = hidden;
  return bias;
}
