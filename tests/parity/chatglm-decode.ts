/** Decoding ChatGLM-6B after a prompt: as the reference does, and as an engine does. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  attendJoined,
  attentionBias,
  type ChatGlmConfig,
  cachedChatGlm,
  chatglm,
  embedTokens,
  int64Rows,
  rotary,
  vocabularyScores,
} from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, reshape, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { cacheOutputs, planes } from './chatglm.ts';
import { copyOf, type Values } from './comparison.ts';
import { source } from './evaluate.ts';
import { FolderError, JsonObject } from './folder.ts';
import { type BatchStep, decodeInPlace } from './in-place.ts';

/** One token for every sequence of a batch. */
export interface Step extends BatchStep {
  /** [B, S], 1 = hidden; nothing is hidden without it */
  readonly hidden?: readonly number[];
}

/** Runs steps after a batch whose `cache.N.key|value` are given; `decode.S.logits` from 1 and `decode.cache.N.*`. */
export async function decodeJoined(
  weights: SafetensorsFile,
  config: ChatGlmConfig,
  prefill: ReadonlyMap<string, Values>,
  steps: readonly Step[],
): Promise<Map<string, Values>> {
  const out = new Map<string, Values>();
  const names = Array.from({ length: config.layers }, (_, layer) => [
    `${layer}.key`,
    `${layer}.value`,
  ]).flat();
  let caches = new Map(names.map((name) => [name, must(prefill, `cache.${name}`)]));
  using runtime = Runtime.load();
  using session = await runtime.createSession(toModel(buildJoinedStep(config, source(weights))));
  for (const [index, { ids, positions, hidden }] of steps.entries()) {
    const batch = ids.length;
    const length = (caches.get('0.key')?.shape[2] ?? 0) + 1;
    const mask = Uint8Array.from(hidden ?? Array(batch * length).fill(0));
    const values = await session.run({
      ids: Tensor.from('int64', int64Rows([ids]), [batch, 1]),
      positions: Tensor.from('int64', int64Rows(positions), [batch, 2, 1]),
      hidden: Tensor.from('bool', mask, [batch, 1, 1, length]),
      ...Object.fromEntries([...caches].map(([name, cache]) => [`past.${name}`, feed(cache)])),
    });
    const found = new Map(Object.entries(values).map(([name, tensor]) => [name, copyOf(tensor)]));
    out.set(`decode.${index + 1}.logits`, must(found, 'logits'));
    caches = new Map(names.map((name) => [name, must(found, `cache.${name}`)]));
  }
  for (const [name, cache] of caches) out.set(`decode.cache.${name}`, cache);
  return out;
}

/** One token after P cached ones, with the reference's mask. */
function buildJoinedStep(config: ChatGlmConfig, parameterSource: ParameterSource): Graph {
  const graph = new Graph('joined-step');
  const parameters = new Parameters(graph, parameterSource);
  const shape = ['B', config.heads, 'P', config.hiddenSize / config.heads];
  const x = embedTokens(config, parameters, graph.input('ids', 'int64', ['B', 1]));
  const turn = rotary(config, graph.input('positions', 'int64', ['B', 2, 1]));
  const past = Array.from({ length: config.layers }, (_, layer) => ({
    key: graph.input(`past.${layer}.key`, 'float32', shape),
    value: graph.input(`past.${layer}.value`, 'float32', shape),
  }));
  const mask = graph.input('hidden', 'bool', ['B', 1, 1, 'P+1']);
  const { attend, present } = attendJoined(config, turn, { past, mask });
  const { hidden } = chatglm(config, parameters, x, attend);
  graph.output('logits', reshape(vocabularyScores(config, parameters, hidden), ['B', config.vocabSize]));
  for (const [name, tensor] of Object.entries(cacheOutputs('cache', present))) graph.output(name, tensor);
  return graph;
}

/** The same as an engine does it. `decode.S.logits` from 0. Nothing of a sequence but its answer is hidden. */
export function decodeChatGlmInPlace(
  weights: SafetensorsFile,
  config: ChatGlmConfig,
  prompt: {
    embeds: Values;
    positions: readonly (readonly (readonly number[])[])[];
    contexts: readonly number[];
  },
  steps: readonly Step[],
): Promise<Map<string, Values>> {
  const { data, shape } = prompt.embeds;
  const [batch = 0, length = 0] = shape;
  const size = length * config.hiddenSize;
  const all = Float32Array.from(data, Number);
  const prompts = Array.from({ length: batch }, (_, row) => [
    {
      rows: all.slice(row * size, (row + 1) * size),
      positions: prompt.positions[row] ?? [],
      bias: attentionBias({ length, context: prompt.contexts[row] ?? 0 }),
    },
  ]);
  return decodeInPlace(cachedChatGlm(config), weights, prompts, steps);
}

const feed = ({ data, shape }: Values): Tensor =>
  Tensor.from('float32', Float32Array.from(data, Number), shape);

export function must(values: ReadonlyMap<string, Values>, name: string): Values {
  const found = values.get(name);
  if (found) return found;
  throw new FolderError(`"${name}" was not computed`);
}

/** The most likely token of each row of scores [B, V] or [B, 1, V]. */
export function greedy({ shape, data }: Values): number[] {
  const vocabulary = shape.at(-1) ?? 1;
  return Array.from({ length: data.length / vocabulary }, (_, row) => {
    let best = 0;
    for (let id = 1; id < vocabulary; id++) {
      if (Number(data[row * vocabulary + id]) > Number(data[row * vocabulary + best])) best = id;
    }
    return best;
  });
}

/** The steps of a golden `decode`: each is fed the token before it, from step 1 on. */
export function stepsOf(decode: JsonObject): { steps: Step[]; tokens: number[][] } {
  const list = decode.raw('steps');
  if (!Array.isArray(list)) throw new FolderError('"steps" should be a list');
  const objects = list.map((step, index) => new JsonObject(step, `steps[${index}]`));
  const tokens = objects.map((step) => step.raw('token') as number[]);
  const steps = objects.slice(1).map((step, index): Step => {
    const hidden = step.raw('attention_mask') as number[][][][] | null;
    return {
      ids: tokens[index] ?? [],
      positions: planes(step, 'position_ids').map((row) => row.map(([position = 0]) => position)),
      ...(hidden ? { hidden: hidden.flat(3) } : {}),
    };
  });
  return { steps, tokens };
}
