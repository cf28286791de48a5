/** GLM with a key/value cache: the graphs an engine runs, and the two ways to attend to cached keys, turned already. */
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
  sub,
  type Tensor,
} from '@x-llm/onnx';
import {
  attendInGroups,
  embedGlmTokens,
  type GlmAttend,
  type GlmConfig,
  type GlmRotary,
  glm,
  glmRotary,
  glmScores,
  headsFirst,
  turnHeads,
} from './glm.ts';
import { type CacheShape, type LayerCache, pastInputs, presentOutputs } from './key-value-cache.ts';

/** A way to attend, and the caches that its layers leave behind, filled as the blocks are built. */
export interface CachedGlmAttention {
  readonly attend: GlmAttend;
  readonly present: readonly LayerCache[];
}

export const glmCacheShape = ({ layers, keyValueHeads, headWidth }: GlmConfig): CacheShape => ({
  layers,
  heads: keyValueHeads,
  headWidth,
});

/**
 * Attends causally through buffers of M positions that grow in place, when the engine gives `past` and `present` one
 * memory. `lengths` int32 [B] are the cached rows including this call's, minus one; `totalLength` int32 [] the longest plus
 * one. A call with T > 1 has B = 1 (ONNX Runtime's limit).
 */
export function attendGlmInPlace(
  config: GlmConfig,
  turn: GlmRotary,
  cache: { readonly past: readonly LayerCache[]; readonly lengths: Tensor; readonly totalLength: Tensor },
): CachedGlmAttention {
  const { past, lengths, totalLength } = cache;
  const { heads, keyValueHeads, headWidth } = config;
  const present: LayerCache[] = [];
  const attend: GlmAttend = ({ query, key, value }, layer) => {
    const layerPast = past[layer];
    if (!layerPast) throw new RangeError(`attendGlmInPlace: no cache for layer ${layer}`);
    const [batch = 1, length = 1] = query.shape;
    const merge = (x: Tensor, count: number) => reshape(x, [batch, length, count * headWidth]); // [B, T, N·D]
    const { context, presentKey, presentValue } = groupQueryAttention(
      {
        query: merge(turnHeads(query, turn), heads),
        key: merge(turnHeads(key, turn), keyValueHeads),
        value: merge(value, keyValueHeads),
        pastKey: layerPast.key,
        pastValue: layerPast.value,
        lengths,
        totalLength,
      },
      { heads, keyValueHeads, scale: headWidth ** -0.5 },
    );
    present.push({ key: presentKey, value: presentValue });
    return context;
  };
  return { attend, present };
}

/**
 * Attends to past keys joined with its own, [B, G, P + T, D] of which become `present`, under `mask` bool
 * [B, 1, T, P + T], true = hidden: what the reference does. Slower than `attendGlmInPlace`, which it checks.
 */
export function attendGlmJoined(
  turn: GlmRotary,
  cache: { readonly past?: readonly LayerCache[]; readonly mask: Tensor },
): CachedGlmAttention {
  const { past, mask } = cache;
  const present: LayerCache[] = [];
  const attend: GlmAttend = (projected, layer) => {
    const before = past?.[layer];
    const join = (old: Tensor | undefined, own: Tensor) => (old ? concat([old, own], 2) : own); // [B, G, P + T, D]
    const key = join(before?.key, headsFirst(turnHeads(projected.key, turn)));
    const value = join(before?.value, headsFirst(projected.value));
    present.push({ key, value });
    return attendInGroups(headsFirst(turnHeads(projected.query, turn)), key, value, mask);
  };
  return { attend, present };
}

/** The embedding table as a graph: `ids` int64 [N] → `embeddings` float32 [N, C]. */
export function buildGlmEmbedding(config: GlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('glm-embedding');
  const ids = graph.input('ids', 'int64', ['N']);
  graph.output('embeddings', embedGlmTokens(config, new Parameters(graph, source), ids));
  return graph;
}

/**
 * Takes a prompt, or what follows one, into the cache of one sequence; in pieces if need be.
 *
 * In: `embeddings` float32 [1, T, C] · `positions` int64 [1, 1, T] · `cached` int32 [1], the rows cached before these ·
 * `past.N.key`, `past.N.value` float32 [1, G, M, D] for each layer N.
 * Out: `scores` float32 [1, V] of the last row · `present.N.key`, `present.N.value`, to be given the tensors of the past.
 */
export function buildGlmPrefill(config: GlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('glm-prefill');
  const parameters = new Parameters(graph, source);
  const embeddings = graph.input('embeddings', 'float32', [1, 'T', config.hiddenSize]);
  const positions = reshape(graph.input('positions', 'int64', [1, 1, 'T']), [1, 'T']);
  const total = add(graph.input('cached', 'int32', [1]), cast(sizeTensor(graph, 'T'), 'int32')); // [1]
  const { attend, present } = attendGlmInPlace(config, glmRotary(config, positions), {
    past: pastInputs(graph, glmCacheShape(config), 1),
    lengths: sub(total, graph.scalar('int32', 1)),
    totalLength: reshape(total, []),
  });
  const { hidden } = glm(config, parameters, embeddings, attend);
  const last = reshape(slice(hidden, 1, 'T-1', 'T'), [1, config.hiddenSize]);
  graph.output('scores', glmScores(config, parameters, last));
  presentOutputs(graph, present);
  return graph;
}

/**
 * One token for each of B sequences.
 *
 * In: `ids` int64 [B, 1] · `positions` int64 [B, 1, 1] · `lengths` int32 [B], the rows each sequence has cached before this
 * one · `past.N.key`, `past.N.value` float32 [B, G, M, D] for each layer N.
 * Out: `scores` float32 [B, V] · `present.N.key`, `present.N.value`, to be given the tensors of the past.
 */
export function buildGlmDecode(config: GlmConfig, source: ParameterSource): Graph {
  const graph = new Graph('glm-decode');
  const parameters = new Parameters(graph, source);
  const ids = graph.input('ids', 'int64', ['B', 1]);
  const positions = reshape(graph.input('positions', 'int64', ['B', 1, 1]), ['B', 1]);
  const lengths = graph.input('lengths', 'int32', ['B']);
  const { attend, present } = attendGlmInPlace(config, glmRotary(config, positions), {
    past: pastInputs(graph, glmCacheShape(config), 'B'),
    lengths, // including the new row, minus one
    totalLength: add(reduceMax(lengths), graph.scalar('int32', 1)),
  });
  const { hidden } = glm(config, parameters, embedGlmTokens(config, parameters, ids), attend);
  graph.output('scores', glmScores(config, parameters, reshape(hidden, ['B', config.hiddenSize])));
  presentOutputs(graph, present);
  return graph;
}
