import type { Dim } from '../dim.ts';
import type { Graph, Tensor } from '../graph.ts';
import { defineOp, notDifferentiable, single } from '../op.ts';
import { reshape } from './reshape.ts';
import { sizeTensor } from './shape.ts';

/** y = 0, 1, …, length−1 as int64. */
export const Range = defineOp<{ readonly dims: string }>({
  type: 'Range',
  infer: (_, { dims }) => [{ dtype: 'int64', shape: JSON.parse(dims) as Dim[] }],
  gradient: notDifferentiable,
});

/** 0 … length−1; `length` may be a symbol. */
export function range(graph: Graph, length: Dim): Tensor {
  if (typeof length === 'number')
    return graph.constant(
      'int64',
      [length],
      Array.from({ length }, (_, i) => i),
    );
  const limit = reshape(sizeTensor(graph, length), []);
  return single(
    Range([graph.scalar('int64', 0), limit, graph.scalar('int64', 1)], { dims: JSON.stringify([length]) }),
  );
}
