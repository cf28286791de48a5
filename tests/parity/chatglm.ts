/** ChatGLM-6B: the configuration of a golden folder, and what a whole sequence gives. */
import {
  attendJoined,
  type BlockValues,
  type ChatGlmConfig,
  chatglm,
  type LayerCache,
  rotary,
  vocabularyScores,
} from '@x-llm/models';
import { type Tensor as GraphTensor, type Parameters, slice } from '@x-llm/onnx';
import { absolute, exact, relative, type Tolerance } from './comparison.ts';
import { FolderError, type JsonObject } from './folder.ts';

/** From the folders' READMEs. */
export const scoresTolerance = absolute(1e-4);
export function chatGlmTolerance(name: string): Tolerance {
  if (/grad_/.test(name)) return relative(1e-4);
  if (/loss$/.test(name)) return absolute(1e-5);
  if (/logits|final_norm/.test(name)) return scoresTolerance;
  if (/fp16_run$/.test(name)) return absolute(1e-3); // two steps of half precision below 1
  if (/^rotary/.test(name)) return absolute(1e-6);
  return /embeds$|input_(image|speech)$/.test(name) ? exact : absolute(5e-4);
}

/** The configuration as the hub's `config.json` has it; ids the file leaves out are those of the public release. */
export const configOf = (json: JsonObject): ChatGlmConfig => ({
  vocabSize: json.number('vocab_size'),
  hiddenSize: json.number('hidden_size'),
  layers: json.number('num_layers'),
  heads: json.number('num_attention_heads'),
  ffnSize: json.number('inner_hidden_size'),
  layerNormEpsilon: json.number('layernorm_epsilon'),
  residualAlphaLayers: 28,
  maxPositions: json.number('max_sequence_length'),
  rotaryPrecision: 'float16-frequencies',
  tokens: {
    pad: json.number('pad_token_id'),
    mask: json.number('mask_token_id'),
    gmask: json.number('gmask_token_id'),
    sop: json.number('bos_token_id'),
    eop: json.number('eos_token_id'),
  },
});

/** What reaches the blocks, named as golden folders name it; `cache` are the keys and values of this batch. */
export function wholeOutputs(
  config: ChatGlmConfig,
  parameters: Parameters,
  embeddings: GraphTensor,
  positions: GraphTensor,
  hiddenKeys: GraphTensor,
): Record<string, GraphTensor> {
  const { attend, present } = attendJoined(config, rotary(config, positions), { mask: hiddenKeys });
  const { blocks, hidden } = chatglm(config, parameters, embeddings, attend);
  const scores = vocabularyScores(config, parameters, hidden);
  const [first] = blocks;
  return {
    embeds: embeddings,
    ...Object.fromEntries(blocks.map(({ output }, layer) => [`layer.${layer}`, output])),
    ...(first ? innerOutputs('layer.0', first) : {}),
    final_norm: hidden,
    logits: scores,
    logits_last: slice(scores, 1, -1),
    ...cacheOutputs('cache', present),
  };
}

const innerOutputs = (layer: string, values: BlockValues): Record<string, GraphTensor> => ({
  [`${layer}.input_layernorm`]: values.attentionInput,
  [`${layer}.attention.query_key_value`]: values.projection,
  [`${layer}.attention.dense`]: values.attended,
  [`${layer}.post_attention_layernorm`]: values.mlpInput,
  [`${layer}.mlp.dense_h_to_4h`]: values.widened,
  [`${layer}.mlp.dense_4h_to_h`]: values.narrowed,
});

/** Keys and values of every layer, as `NAME.N.key|value`. */
export const cacheOutputs = (name: string, caches: readonly LayerCache[]): Record<string, GraphTensor> =>
  Object.fromEntries(
    caches.flatMap(({ key, value }, layer) => [
      [`${name}.${layer}.key`, key],
      [`${name}.${layer}.value`, value],
    ]),
  );

/** An array of numbers nested `depth` deep, as golden.json has them. */
export const matrix = (json: JsonObject, field: string): number[][] => nested(json, field, 2) as number[][];
export const planes = (json: JsonObject, field: string): number[][][] =>
  nested(json, field, 3) as number[][][];

function nested(json: JsonObject, field: string, depth: number): unknown {
  const value = json.raw(field);
  const fits = (item: unknown, level: number): boolean =>
    level === 0
      ? typeof item === 'number'
      : Array.isArray(item) && item.every((part) => fits(part, level - 1));
  if (fits(value, depth)) return value;
  throw new FolderError(`"${field}" should be numbers in ${depth} levels of lists`);
}
