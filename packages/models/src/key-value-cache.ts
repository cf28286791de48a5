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

/** `past.N.key`, `past.N.value` float32 [batch, heads, M, D] for each layer N, or those of a section; by N. */
export function pastInputs(
  graph: Graph,
  { layers, heads, headWidth }: CacheShape,
  batch: Dim,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: layers },
): (LayerCache | undefined)[] {
  const shape = [batch, heads, 'M', headWidth];
  return Array.from({ length: to }, (_, layer) =>
    layer < from
      ? undefined
      : {
          key: graph.input(`past.${layer}.key`, 'float32', shape),
          value: graph.input(`past.${layer}.value`, 'float32', shape),
        },
  );
}

/** `present.N.key`, `present.N.value`, N counted from `from`. */
export function presentOutputs(graph: Graph, present: readonly LayerCache[], from = 0): void {
  present.forEach(({ key, value }, index) => {
    graph.output(`present.${from + index}.key`, key);
    graph.output(`present.${from + index}.value`, value);
  });
}
