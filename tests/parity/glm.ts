/** ChatGLM2, ChatGLM3, GLM-4: the configuration of a golden folder, and the graphs that are compared. */
import type { Weights } from '@x-llm/checkpoint';
import {
  attendGlmJoined,
  cachedGlm,
  embedGlmTokens,
  type GlmConfig,
  glm,
  glmHidden,
  glmPositions,
  glmRotary,
  glmScores,
  int64Rows,
  type LayerCache,
} from '@x-llm/models';
import {
  Graph,
  type Parameters as GraphParameters,
  type Tensor as GraphTensor,
  Parameters,
  reshape,
  toModel,
} from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { cacheOutputs } from './chatglm.ts';
import { must } from './chatglm-decode.ts';
import { copyOf, type Values } from './comparison.ts';
import { source } from './evaluate.ts';
import { FolderError, type JsonObject } from './folder.ts';
import { decodeInPlace } from './in-place.ts';

/** The configuration as the hub's `config.json` has it, in either family's words. */
export function glmConfigOf(json: JsonObject): GlmConfig {
  if (!json.has('padded_vocab_size')) return huggingFaceConfig(json);
  const ratio = json.has('rope_ratio') ? json.number('rope_ratio') : 1;
  return {
    vocabSize: json.number('padded_vocab_size'),
    hiddenSize: json.number('hidden_size'),
    layers: json.number('num_layers'),
    heads: json.number('num_attention_heads'),
    keyValueHeads: json.number('multi_query_group_num'),
    headWidth: json.number('kv_channels'),
    ffnSize: json.number('ffn_hidden_size'),
    normEpsilon: json.number('layernorm_epsilon'),
    rotaryBase: 10000 * ratio,
    positionDivisor: 1,
    maxPositions: json.number('seq_length'),
    projectionBias: json.raw('add_qkv_bias') === true,
    sandwichNorms: false,
    layout: 'chatglm',
  };
}

function huggingFaceConfig(json: JsonObject): GlmConfig {
  const rotary = json.has('rope_parameters') ? json.object('rope_parameters') : json;
  if (rotary.number('partial_rotary_factor') !== 0.5)
    throw new FolderError('partial_rotary_factor should be 0.5');
  return {
    vocabSize: json.number('vocab_size'),
    hiddenSize: json.number('hidden_size'),
    layers: json.number('num_hidden_layers'),
    heads: json.number('num_attention_heads'),
    keyValueHeads: json.number('num_key_value_heads'),
    headWidth: json.number('head_dim'),
    ffnSize: json.number('intermediate_size'),
    normEpsilon: json.number('rms_norm_eps'),
    rotaryBase: rotary.number('rope_theta'),
    positionDivisor: 1,
    maxPositions: json.number('max_position_embeddings'),
    projectionBias: json.raw('attention_bias') === true,
    sandwichNorms: json.string('model_type') === 'glm4',
    layout: 'hugging-face',
  };
}

/** What a whole batch gives, named as golden folders name it; `cache` are the keys and values. */
export function wholeGlmOutputs(
  config: GlmConfig,
  parameters: GraphParameters,
  inputs: { readonly ids: GraphTensor; readonly positions: GraphTensor; readonly hidden: GraphTensor },
): Record<string, GraphTensor> {
  const embeddings = embedGlmTokens(config, parameters, inputs.ids);
  const turn = glmRotary(config, inputs.positions);
  const { attend, present } = attendGlmJoined(turn, { mask: inputs.hidden });
  const { blocks, hidden } = glm(config, parameters, embeddings, attend);
  return {
    embeds: embeddings,
    ...Object.fromEntries(blocks.map((output, layer) => [`layer.${layer}`, output])),
    final_norm: hidden,
    logits: glmScores(config, parameters, hidden),
    ...cacheOutputs('cache', present),
  };
}

/** Decodes step by step after a batch whose `cache.N.key|value` are given: `decode.S.logits` from 1, `decode.cache.N.*`. */
export async function decodeGlmJoined(
  weights: Weights,
  config: GlmConfig,
  prefill: ReadonlyMap<string, Values>,
  masks: readonly (readonly number[])[],
  steps: readonly (readonly number[])[],
): Promise<Map<string, Values>> {
  const out = new Map<string, Values>();
  const names = Array.from({ length: config.layers }, (_, layer) => [
    `${layer}.key`,
    `${layer}.value`,
  ]).flat();
  let caches = new Map(names.map((name) => [name, must(prefill, `cache.${name}`)]));
  using runtime = Runtime.load();
  using session = await runtime.createSession(toModel(joinedStep(config, weights)));
  const batch = masks.length;
  for (const [index, ids] of steps.entries()) {
    const seen = masks.map((mask) => [...mask, ...Array<number>(index + 1).fill(1)]);
    const length = seen[0]?.length ?? 0;
    const hidden = seen.flatMap((mask) => [...glmHidden(mask, length - 1)]);
    const positions = seen.map((mask) => glmPositions(mask).slice(-1));
    const values = await session.run({
      ids: Tensor.from('int64', int64Rows([ids]), [batch, 1]),
      positions: Tensor.from('int64', int64Rows(positions), [batch, 1]),
      hidden: Tensor.from('bool', Uint8Array.from(hidden), [batch, 1, 1, length]),
      ...Object.fromEntries([...caches].map(([name, cache]) => [`past.${name}`, feed(cache)])),
    });
    const found = new Map(Object.entries(values).map(([name, tensor]) => [name, copyOf(tensor)]));
    out.set(`decode.${index + 1}.logits`, must(found, 'logits'));
    caches = new Map(names.map((name) => [name, must(found, `cache.${name}`)]));
  }
  for (const [name, cache] of caches) out.set(`decode.cache.${name}`, cache);
  return out;
}

function joinedStep(config: GlmConfig, weights: Weights): Graph {
  const graph = new Graph('joined-step');
  const parameters = new Parameters(graph, source(weights));
  const shape = ['B', config.keyValueHeads, 'P', config.headWidth];
  const past = Array.from(
    { length: config.layers },
    (_, layer): LayerCache => ({
      key: graph.input(`past.${layer}.key`, 'float32', shape),
      value: graph.input(`past.${layer}.value`, 'float32', shape),
    }),
  );
  const x = embedGlmTokens(config, parameters, graph.input('ids', 'int64', ['B', 1]));
  const turn = glmRotary(config, graph.input('positions', 'int64', ['B', 1]));
  const mask = graph.input('hidden', 'bool', ['B', 1, 1, 'P+1']);
  const { attend, present } = attendGlmJoined(turn, { past, mask });
  const { hidden } = glm(config, parameters, x, attend);
  graph.output('logits', reshape(glmScores(config, parameters, hidden), ['B', config.vocabSize]));
  for (const [name, tensor] of Object.entries(cacheOutputs('cache', present))) graph.output(name, tensor);
  return graph;
}

/** The same as an engine does it, prompts without their pads and in two pieces. `decode.S.logits` from 0. */
export function decodeGlmInPlace(
  weights: Weights,
  config: GlmConfig,
  /** Of each sequence, [T, C]. */
  prompts: readonly Float32Array[],
  steps: readonly (readonly number[])[],
): Promise<Map<string, Values>> {
  const { hiddenSize } = config;
  const lengths = prompts.map((prompt) => prompt.length / hiddenSize);
  const pieces = prompts.map((prompt, row) => {
    const length = lengths[row] ?? 0;
    const half = Math.floor(length / 2);
    return (
      [
        [0, half],
        [half, length],
      ] as const
    ).map(([from, to]) => ({
      rows: prompt.slice(from * hiddenSize, to * hiddenSize),
      positions: [Array.from({ length: to - from }, (_, index) => from + index)],
    }));
  });
  const fed = steps.map((ids, index) => ({ ids, positions: lengths.map((length) => [length + index]) }));
  return decodeInPlace(cachedGlm(config), weights, pieces, fed);
}

const feed = ({ data, shape }: Values): Tensor =>
  Tensor.from('float32', Float32Array.from(data, Number), shape);
