/** Q-Former, all its modes: golden folder `qformer`. */
import { imageFamilies } from '@x-llm/engine/import';
import {
  bidirectionalMask,
  causalMask,
  embedQueries,
  embedText,
  jointCausalMask,
  type QFormerConfig,
  qFormer,
  queryTokens,
  readImage,
  textLogits,
} from '@x-llm/models';
import { gradients, mul, reduceSum, slice, type Tensor } from '@x-llm/onnx';
import { compare, compareAll, relative, type Values } from '../comparison.ts';
import { evaluate, feedsOf, inputFor } from '../evaluate.ts';
import { FolderError, type GoldenFolder, type JsonObject } from '../folder.ts';
import { evaluateNamed } from '../imported-image.ts';
import type { Kind } from '../kind.ts';

/** From the folder's README. */
const tolerance = { outputs: 3e-5, gradients: 1e-4 };
const fromKeys = "query.out, from X-LLM's keys alone";
/** The same weights once more, which not every folder has. */
const weightsHf = 'weights_hf.safetensors';
const fromNames = "query.out, from Hugging Face's names";
const inputNames = ['encoder_states', 'encoder_mask', 'input_ids', 'text_mask', 'R'];

export const qFormerKind: Kind = {
  summary: 'Q-Former: query and text branch, multimodal and causal masks, cached queries, gradients',
  files: [
    'config.json',
    'inputs.safetensors',
    'weights_lavis.safetensors',
    'expected.safetensors',
    'xllm_checkpoint_keys.json',
  ],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const actual = await computeAll(folder);
    const toleranceOf = (name: string) =>
      relative(name.includes('.grad') ? tolerance.gradients : tolerance.outputs);
    const queryOut = { shape: expected.info('query.out').shape, data: expected.read('query.out') };
    const again = [fromKeys, ...(folder.has(weightsHf) ? [fromNames] : [])].map((name) =>
      compare(name, actual.get(name), queryOut, toleranceOf(name)),
    );
    return [...compareAll(expected, actual, toleranceOf), ...again];
  },
};

async function computeAll(folder: GoldenFolder): Promise<Map<string, Values>> {
  const weights = await folder.tensors('weights_lavis.safetensors');
  const feeds = feedsOf(await folder.tensors('inputs.safetensors'), inputNames);
  const config = qFormerConfigOf(folder.json('config.json').object('config'));
  const common = { weights, feeds };

  const forward = await evaluate({
    ...common,
    build: (graph, parameters) => {
      const states = inputFor(graph, 'encoder_states', feeds['encoder_states'], { 0: 'B', 1: 'P' });
      const encoderMask = inputFor(graph, 'encoder_mask', feeds['encoder_mask'], { 0: 'B', 1: 'P' });
      const ids = inputFor(graph, 'input_ids', feeds['input_ids'], { 0: 'B', 1: 'T' });
      const keep = inputFor(graph, 'text_mask', feeds['text_mask'], { 0: 'B', 1: 'T' });
      const encoder = { states };
      const image = readImage(config, parameters, encoder);
      const masked = readImage(config, parameters, { states, mask: encoderMask });
      const queries = embedQueries(config, parameters, queryTokens(config, parameters), 'B');
      const text = embedText(config, parameters, ids);
      const alone = qFormer(config, parameters, { text, mask: bidirectionalMask(keep) });
      const masks = {
        multimodal: bidirectionalMask(keep, config.queries),
        causal: jointCausalMask(keep, config.queries),
        cached: causalMask(keep, config.queries),
      };
      const multimodal = qFormer(config, parameters, { queries, text, encoder, mask: masks.multimodal });
      const causal = qFormer(config, parameters, { queries, text, encoder, mask: masks.causal });
      const cached = qFormer(config, parameters, { text, mask: masks.cached, past: image.cache });
      return {
        ...hiddenStates('query', image.hidden),
        'query.out': image.output,
        ...Object.fromEntries(
          image.cache.flatMap(({ key, value }, layer) => [
            [`query.cache.${layer}.key`, key],
            [`query.cache.${layer}.value`, value],
          ]),
        ),
        'query_encmask.out': masked.output,
        ...hiddenStates('text', alone.hidden),
        'text.out': alone.output,
        'multimodal.out': multimodal.output,
        'multimodal.mask_additive': masks.multimodal,
        'causal.out': causal.output,
        'causal.mask_additive': masks.causal,
        'causal.logits': textLogits(config, parameters, slice(causal.output, 1, config.queries)),
        'causal_cached.mask_additive': masks.cached,
        'causal_cached.logits': textLogits(config, parameters, cached.output),
      };
    },
  });
  const backward = await evaluate({
    ...common,
    trained: ['query_tokens'],
    build: (graph, parameters) => {
      const states = inputFor(graph, 'encoder_states', feeds['encoder_states']);
      const loss = reduceSum(
        mul(readImage(config, parameters, { states }).output, inputFor(graph, 'R', feeds['R'])),
      );
      const tokens = queryTokens(config, parameters);
      const [ofTokens = tokens, ofStates = states] = gradients(loss, [tokens, states]);
      return { 'query.grad_query_tokens': ofTokens, 'query.grad_encoder_states': ofStates };
    },
  });
  const released = await evaluate({
    ...common,
    only: new Set(keysOf(folder)),
    build: (graph, parameters) => {
      const states = inputFor(graph, 'encoder_states', feeds['encoder_states']);
      return { [fromKeys]: readImage(config, parameters, { states }).output };
    },
  });
  const computed = new Map([...forward, ...backward, ...released]);
  if (!folder.has(weightsHf)) return computed;
  const named = await evaluateNamed(await folder.tensors(weightsHf), imageFamilies['blip2-hf'].x2l.tensors, {
    layers: config.layers,
    feeds,
    build: (graph, parameters) => {
      const states = inputFor(graph, 'encoder_states', feeds['encoder_states']);
      return { [fromNames]: readImage(config, parameters, { states }).output };
    },
  });
  return new Map([...computed, ...named]);
}

const hiddenStates = (branch: string, hidden: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(hidden.map((x, index) => [`${branch}.hidden.${index}`, x]));

function keysOf(folder: GoldenFolder): string[] {
  const file = folder.json('xllm_checkpoint_keys.json');
  return file.keys().map((key) => {
    const value = file.raw(key);
    if (typeof value === 'string') return value;
    throw new FolderError(`${folder.file('xllm_checkpoint_keys.json')} should be a list of names`);
  });
}

/** The Q-Former's part of a golden configuration. */
export const qFormerConfigOf = (config: JsonObject): QFormerConfig => ({
  width: config.number('hidden_size'),
  layers: config.number('num_hidden_layers'),
  heads: config.number('num_attention_heads'),
  feedForwardWidth: config.number('intermediate_size'),
  encoderWidth: config.number('encoder_width'),
  crossAttentionFrequency: config.number('cross_attention_freq'),
  queries: config.number('num_query_token'),
  vocabularySize: config.number('vocab_size'),
  maxPositions: config.number('max_position_embeddings'),
  epsilon: config.number('layer_norm_eps'),
});
