/** Decoding ChatGLM-6B after a prompt: as the reference does, and as an engine does. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  attendJoined,
  attentionBias,
  buildDecode,
  buildPrefill,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  int64Rows,
  rotary,
  vocabularyScores,
} from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, reshape, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { newArena } from './arena.ts';
import { cacheOutputs, planes } from './chatglm.ts';
import { copyOf, type Values } from './comparison.ts';
import { source } from './evaluate.ts';
import { FolderError, JsonObject } from './folder.ts';

/** One token for every sequence of a batch. */
export interface Step {
  /** [B] */
  readonly ids: readonly number[];
  /** [B, 2] */
  readonly positions: readonly (readonly number[])[];
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

/**
 * The same as an engine does it: each sequence is prefilled alone into its part of one arena, then all are decoded
 * together, the caches growing in place. `decode.S.logits` from 0. Nothing of a sequence but its answer is hidden.
 */
export async function decodeInPlace(
  weights: SafetensorsFile,
  config: ChatGlmConfig,
  prompt: {
    embeds: Values;
    positions: readonly (readonly (readonly number[])[])[];
    contexts: readonly number[];
  },
  steps: readonly Step[],
): Promise<Map<string, Values>> {
  const { heads, hiddenSize, layers, vocabSize } = config;
  const [batch = 0, length = 0] = prompt.embeds.shape;
  const room = length + steps.length + 3; // longer than needed: the buffer's size must not matter
  const bind = newArena({ layers, heads, headWidth: hiddenSize / heads }, batch, room);
  using runtime = Runtime.load();
  using prefill = await runtime.createSession(toModel(buildPrefill(config, source(weights))));
  using decode = await runtime.createSession(toModel(buildDecode(config, source(weights))));
  const scores = new Float32Array(batch * vocabSize);
  const data = Float32Array.from(prompt.embeds.data, Number);
  for (let row = 0; row < batch; row++) {
    const { past, present } = bind(row, 1);
    const part = scores.subarray(row * vocabSize, (row + 1) * vocabSize);
    const context = prompt.contexts[row] ?? 0;
    const feeds = {
      embeddings: Tensor.from(
        'float32',
        data.slice(row * length * hiddenSize, (row + 1) * length * hiddenSize),
        [1, length, hiddenSize],
      ),
      positions: Tensor.from('int64', int64Rows(prompt.positions[row] ?? []), [1, 2, length]),
      bias: Tensor.from('float32', attentionBias({ length, context }), [1, 1, length, length]),
      ...past,
    };
    await prefill.run(feeds, {
      outputs: { scores: Tensor.from('float32', part, [1, vocabSize]), ...present },
    });
  }
  const out = new Map<string, Values>([
    ['decode.0.logits', { shape: [batch, vocabSize], data: scores.slice() }],
  ]);
  const { past, present } = bind(0, batch);
  for (const [index, { ids, positions }] of steps.entries()) {
    const stepScores = Tensor.zeros('float32', [batch, vocabSize]);
    const feeds = {
      ids: Tensor.from('int64', int64Rows([ids]), [batch, 1]),
      positions: Tensor.from('int64', int64Rows(positions), [batch, 2, 1]),
      lengths: Tensor.from('int32', new Int32Array(batch).fill(length + index), [batch]),
      ...past,
    };
    await decode.run(feeds, { outputs: { scores: stepScores, ...present } });
    out.set(`decode.${index + 1}.logits`, copyOf(stepScores));
  }
  return out;
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
