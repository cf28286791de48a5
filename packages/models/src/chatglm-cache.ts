/**
 * ChatGLM-6B with a key/value cache: the graphs an engine runs, and the two ways to attend to cached keys. Cached
 * keys are rotated already.
 */
import {
  add,
  cast,
  concat,
  Graph,
  groupQueryAttention,
  type ParameterSource,
  Parameters,
  reduceMax,
  reshape,
  sizeTensor,
  slice,
  split,
  sub,
  type Tensor,
} from '@x-llm/onnx';
import {
  type Attend,
  attendMasked,
  type ChatGlmConfig,
  chatglm,
  embedTokens,
  headWidth,
  type Rotary,
  rotary,
  rotate,
  splitProjection,
  turnPerHead,
  vocabularyScores,
} from './chatglm.ts';
import { type CacheShape, type LayerCache, pastInputs, presentOutputs } from './key-value-cache.ts';

const cacheShape = (config: ChatGlmConfig): CacheShape => ({
  layers: config.layers,
  heads: config.heads,
  headWidth: headWidth(config),
});

/** A way to attend, and the caches that its layers leave behind, filled as the blocks are built. */
export interface CachedAttention {
  readonly attend: Attend;
  readonly present: readonly LayerCache[];
}

/**
 * Attends through buffers of M positions that grow in place, when the engine gives `past` and `present` one memory.
 * `lengths` int32 [B] are the cached rows including this call's, minus one; `totalLength` int32 [] the longest plus
 * one. `bias` [B, 1, T, totalLength] is added to the scores and then alone decides what is hidden; without it a call
 * is causal. A call with T > 1 has B = 1 (ONNX Runtime's limit).
 */
export function attendInPlace(
  config: ChatGlmConfig,
  turn: Rotary,
  cache: {
    readonly past: readonly LayerCache[];
    readonly lengths: Tensor;
    readonly totalLength: Tensor;
    readonly bias?: Tensor;
  },
): CachedAttention {
  const { past, lengths, totalLength, bias } = cache;
  const { heads, hiddenSize } = config;
  const width = headWidth(config);
  const present: LayerCache[] = [];
  // [B, T, D] → [B, T, 1, D], which broadcasts over heads.
  const spread = (x: Tensor) => reshape(x, [x.shape[0] ?? 1, x.shape[1] ?? 1, 1, width]);
  const perHead = { ...turn, cos: spread(turn.cos), sin: spread(turn.sin) };
  const attend: Attend = (projection, layer) => {
    const [batch = 1, length = 1] = projection.shape;
    const layerPast = past[layer];
    if (!layerPast) throw new RangeError(`attendInPlace: no cache for layer ${layer}`);
    const merge = (x: Tensor) => reshape(x, [batch, length, hiddenSize]); // [B, T, H·D]
    const [query = projection, key = projection, value = projection] = split(projection, 3, [1, 1, 1]).map(
      (part) => reshape(part, [batch, length, heads, width]),
    );
    const { context, presentKey, presentValue } = groupQueryAttention(
      {
        query: merge(rotate(query, perHead)),
        key: merge(rotate(key, perHead)),
        value: merge(value),
        pastKey: layerPast.key,
        pastValue: layerPast.value,
        lengths,
        totalLength,
        attentionBias: bias,
      },
      { heads, keyValueHeads: heads, scale: width ** -0.5, causal: bias === undefined },
    );
    present.push({ key: presentKey, value: presentValue });
    return context;
  };
  return { attend, present };
}

/**
 * Attends to past keys joined with its own, [B, H, P + T, D] of which become `present`: what the reference does, with
 * its exact mask (see `attendWhole`). Slower than `attendInPlace`, which it checks.
 */
export function attendJoined(
  config: ChatGlmConfig,
  turn: Rotary,
  cache: { readonly past?: readonly LayerCache[]; readonly mask?: Tensor },
): CachedAttention {
  const { past, mask } = cache;
  const present: LayerCache[] = [];
  const perHead = turnPerHead(turn);
  const attend: Attend = (projection, layer) => {
    const own = splitProjection(projection);
    const before = past?.[layer];
    const turned = rotate(own.key, perHead);
    const key = before ? concat([before.key, turned], 2) : turned; // [B, H, P + T, D]
    const value = before ? concat([before.value, own.value], 2) : own.value; // [B, H, P + T, D]
    present.push({ key, value });
    return attendMasked(config, layer, rotate(own.query, perHead), key, value, mask);
  };
  return { attend, present };
}

/** The embedding table as a graph: `ids` int64 [N] → `embeddings` float32 [N, C]. */
export function buildEmbedding(config: ChatGlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('chatglm-embedding');
  const ids = graph.input('ids', 'int64', ['N']);
  graph.output('embeddings', embedTokens(config, new Parameters(graph, source), ids));
  return graph;
}

/**
 * Takes a prompt, or what follows one, into the cache of one sequence.
 *
 * In: `embeddings` float32 [1, T, C] · `positions` int64 [1, 2, T] · `bias` float32 [1, 1, T, S] (`attentionBias`: S
 * counts the rows cached before and these T) · `past.N.key`, `past.N.value` float32 [1, H, M, D] for each layer N.
 * Out: `scores` float32 [1, V] of the last row · `present.N.key`, `present.N.value`, to be given the tensors of the past.
 *
 * A context goes in as a whole, for its tokens see each other; what comes after `<sop>` may follow in pieces.
 */
export function buildPrefill(config: ChatGlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('chatglm-prefill');
  const parameters = new Parameters(graph, source);
  const embeddings = graph.input('embeddings', 'float32', [1, 'T', config.hiddenSize]);
  const positions = graph.input('positions', 'int64', [1, 2, 'T']);
  const bias = graph.input('bias', 'float32', [1, 1, 'T', 'S']);
  const total = cast(sizeTensor(graph, 'S'), 'int32'); // [1]
  const { attend, present } = attendInPlace(config, rotary(config, positions), {
    past: pastInputs(graph, cacheShape(config), 1),
    lengths: sub(total, graph.scalar('int32', 1)),
    totalLength: reshape(total, []),
    bias,
  });
  const { hidden } = chatglm(config, parameters, embeddings, attend);
  const last = reshape(slice(hidden, 1, 'T-1', 'T'), [1, config.hiddenSize]);
  graph.output('scores', vocabularyScores(config, parameters, last));
  presentOutputs(graph, present);
  return graph;
}

/**
 * One token for each of B sequences.
 *
 * In: `ids` int64 [B, 1] · `positions` int64 [B, 2, 1] · `lengths` int32 [B], the rows each sequence has cached before
 * this one · `past.N.key`, `past.N.value` float32 [B, H, M, D] for each layer N.
 * Out: `scores` float32 [B, V] · `present.N.key`, `present.N.value`, to be given the tensors of the past.
 */
export function buildDecode(config: ChatGlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('chatglm-decode');
  const parameters = new Parameters(graph, source);
  const ids = graph.input('ids', 'int64', ['B', 1]);
  const positions = graph.input('positions', 'int64', ['B', 2, 1]);
  const lengths = graph.input('lengths', 'int32', ['B']);
  const { attend, present } = attendInPlace(config, rotary(config, positions), {
    past: pastInputs(graph, cacheShape(config), 'B'),
    lengths, // including the new row, minus one
    totalLength: add(reduceMax(lengths), graph.scalar('int32', 1)),
  });
  const { hidden } = chatglm(config, parameters, embedTokens(config, parameters, ids), attend);
  graph.output('scores', vocabularyScores(config, parameters, reshape(hidden, ['B', config.hiddenSize])));
  presentOutputs(graph, present);
  return graph;
}
