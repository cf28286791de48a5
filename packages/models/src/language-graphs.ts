/** A language model with a cache of keys and values as the graphs an engine runs, whatever its family. */
import {
  add,
  Graph,
  less,
  type ParameterSource,
  Parameters,
  reduceMax,
  reshape,
  slice,
  type Tensor,
  where,
} from '@x-llm/onnx';
import {
  type CacheShape,
  type LayerCache,
  pastInputs,
  presentOutputs,
  type Section,
  wholeModel,
} from './key-value-cache.ts';
import { crossEntropy } from './losses.ts';

/** In the place of an id: the row is given. */
export const rowGiven = -1;

/** What a call tells attention. Keys in the cache are turned already. */
export interface CacheInputs {
  /** int64 [B, R, T]: R positions of each token. */
  readonly positions: Tensor;
  /** By layer; a section's own are filled. */
  readonly past: readonly (LayerCache | undefined)[];
  /** int32 [B]: the rows that each sequence has cached including this call's, minus one. */
  readonly lengths: Tensor;
  /** int32 []: the longest of `lengths`, plus one. */
  readonly totalLength: Tensor;
  /** float32 [B or 1, 1, T, totalLength], added to the scores; it then alone decides what is hidden. */
  readonly bias?: Tensor;
}

/** What a section of layers gives: the caches that its layers leave behind, in their order. */
export interface SectionValues {
  /** [B, T, C] */
  readonly hidden: Tensor;
  readonly present: readonly LayerCache[];
}

/** A family, for one configuration, as functions. */
export interface CachedModel {
  readonly name: string;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly cache: CacheShape;
  /** R: positions that a token has. */
  readonly positionRows: number;
  /** Whether what a token sees is an input; a call is causal otherwise. */
  readonly hasBias: boolean;
  /** Rows of the embedding table at `ids` int64 [...]: [..., C]. */
  embed(parameters: Parameters, ids: Tensor): Tensor;
  /** Layers of a section, from [B, T, C]. A call with T > 1 has B = 1 (ONNX Runtime's limit). */
  layers(parameters: Parameters, hidden: Tensor, section: Section, cache: CacheInputs): SectionValues;
  /** Scores over the vocabulary, from what the last layer gives: [..., C] → [..., V]. */
  scores(parameters: Parameters, hidden: Tensor): Tensor;
}

/** The embedding table as a graph: `ids` int64 [N] → `embeddings` float32 [N, C]. */
export function buildEmbedding(model: CachedModel, source: ParameterSource): Graph {
  const graph = new Graph(`${model.name}-embedding`);
  const ids = graph.input('ids', 'int64', ['N']);
  graph.output('embeddings', model.embed(new Parameters(graph, source), ids));
  return graph;
}

/**
 * Some layers, all unless given: of a prompt, of what follows one, or of one more token for each of B sequences. One graph
 * does it all, so that its weights are in memory once.
 *
 * In: `hidden` float32 [B, T, C], embeddings or what the section before gives · in the first section `ids` int64 [B, T],
 * whose rows of the table stand in place of those of `hidden` but for `rowGiven` · `positions` int64 [B, R, T] · `lengths`
 * int32 [B] (see `CacheInputs`) · with a model that has one, `bias` float32 [1, 1, T, S] · `past.N.key`, `past.N.value`
 * float32 [B, G, M, D] for each layer N of the section.
 * Out: `scores` float32 [B, V] of the last rows, or `next` float32 [B, T, C] if layers follow · `present.N.key`,
 * `present.N.value`, to be given the tensors of the past, which then grow in place.
 */
export function buildSection(model: CachedModel, source: ParameterSource, section?: Section): Graph {
  return sectionGraph(model, source, section, (graph, parameters, hidden) => {
    const last = reshape(slice(hidden, 1, 'T-1', 'T'), ['B', model.hiddenSize]);
    graph.output('scores', model.scores(parameters, last));
  });
}

/**
 * As `buildSection`, but that the last layers take `labels` int64 [B·T], −100 where there is none, and give `loss` float32 []
 * in place of `scores`: the mean cross-entropy of the tokens that the rows predict.
 */
export function buildLossSection(model: CachedModel, source: ParameterSource, section?: Section): Graph {
  return sectionGraph(model, source, section, (graph, parameters, hidden) => {
    const labels = graph.input('labels', 'int64', ['B*T']);
    const scores = model.scores(parameters, reshape(hidden, ['B*T', model.hiddenSize]));
    graph.output('loss', crossEntropy(scores, labels));
  });
}

function sectionGraph(
  model: CachedModel,
  source: ParameterSource,
  section: Section | undefined,
  finish: (graph: Graph, parameters: Parameters, hidden: Tensor) => void,
): Graph {
  const { name, hiddenSize, cache, positionRows } = model;
  const { from, to } = section ?? wholeModel(cache);
  const graph = new Graph(from === 0 && to === cache.layers ? name : `${name}-${from}-${to}`);
  const parameters = new Parameters(graph, source);
  const given = graph.input('hidden', 'float32', ['B', 'T', hiddenSize]);
  const hidden = from === 0 ? rowsOrTokens(model, parameters, given) : given;
  const positions = graph.input('positions', 'int64', ['B', positionRows, 'T']);
  const lengths = graph.input('lengths', 'int32', ['B']);
  const bias = model.hasBias ? graph.input('bias', 'float32', [1, 1, 'T', 'S']) : undefined;
  const values = model.layers(
    parameters,
    hidden,
    { from, to },
    {
      positions,
      past: pastInputs(graph, cache, 'B', { from, to }),
      lengths,
      totalLength: add(reduceMax(lengths), graph.scalar('int32', 1)),
      ...(bias ? { bias } : {}),
    },
  );
  if (to < cache.layers) graph.output('next', values.hidden);
  else finish(graph, parameters, values.hidden);
  presentOutputs(graph, values.present, from);
  return graph;
}

/** A step's tokens are looked up here, so that no other run has to come before it. */
function rowsOrTokens(model: CachedModel, parameters: Parameters, rows: Tensor): Tensor {
  const { graph } = parameters;
  const ids = graph.input('ids', 'int64', ['B', 'T']);
  const zero = graph.scalar('int64', 0);
  const isGiven = less(ids, zero);
  const tokens = model.embed(parameters, where(isGiven, zero, ids)); // [B, T, C]
  return where(reshape(isGiven, ['B', 'T', 1]), rows, tokens);
}

/** The cache of a layer of the section that is being built. */
export function pastOf({ past }: Pick<CacheInputs, 'past'>, layer: number): LayerCache {
  const own = past[layer];
  if (!own) throw new RangeError(`no cache for layer ${layer}`);
  return own;
}
