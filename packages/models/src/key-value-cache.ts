/** The cache of keys and values as inputs and outputs of a graph. */
import type { Dim, Graph, Tensor } from '@x-llm/onnx';

/** One layer's keys and values, each [B, G, S, D]. */
export interface LayerCache {
  readonly key: Tensor;
  readonly value: Tensor;
}

/** A way to attend, and the caches that its layers leave behind, filled as the blocks are built. */
export interface CachedAttention<Attend> {
  readonly attend: Attend;
  readonly present: readonly LayerCache[];
}

export interface CacheShape {
  readonly layers: number;
  /** Heads of keys and values. */
  readonly heads: number;
  readonly headWidth: number;
}

/** Layers `from`, `from + 1`, … and `to`, which is not among them. */
export interface Section {
  readonly from: number;
  readonly to: number;
}

export const wholeModel = ({ layers }: { readonly layers: number }): Section => ({ from: 0, to: layers });

/** `past.N.key`, `past.N.value` float32 [batch, heads, M, D] for each layer N of a section; by N. */
export function pastInputs(
  graph: Graph,
  { heads, headWidth }: CacheShape,
  batch: Dim,
  { from, to }: Section,
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
export function presentOutputs(graph: Graph, present: readonly LayerCache[], from: number): void {
  present.forEach(({ key, value }, index) => {
    graph.output(`present.${from + index}.key`, key);
    graph.output(`present.${from + index}.value`, value);
  });
}
