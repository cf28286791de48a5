/** The cache of keys and values as inputs and outputs of a graph. */
import type { Dim, Graph, Tensor } from '@x-llm/onnx';

/** One layer's keys and values, each [B, G, S, D]. */
export interface LayerCache {
  readonly key: Tensor;
  readonly value: Tensor;
}

export interface CacheShape {
  readonly layers: number;
  /** Heads of keys and values. */
  readonly heads: number;
  readonly headWidth: number;
}

/** `past.N.key`, `past.N.value` float32 [batch, heads, M, D] for each layer N. */
export function pastInputs(graph: Graph, { layers, heads, headWidth }: CacheShape, batch: Dim): LayerCache[] {
  const shape = [batch, heads, 'M', headWidth];
  return Array.from({ length: layers }, (_, layer) => ({
    key: graph.input(`past.${layer}.key`, 'float32', shape),
    value: graph.input(`past.${layer}.value`, 'float32', shape),
  }));
}

/** `present.N.key`, `present.N.value`. */
export function presentOutputs(graph: Graph, present: readonly LayerCache[]): void {
  present.forEach(({ key, value }, layer) => {
    graph.output(`present.${layer}.key`, key);
    graph.output(`present.${layer}.value`, value);
  });
}
