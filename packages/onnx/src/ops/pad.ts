import { addDims, type Dim } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, single } from '../op.ts';
import { concat } from './concat.ts';
import { sizeTensor } from './shape.ts';
import { slice } from './slice.ts';

/** y = x with zeros before and after along one axis; dx = the middle of dy. */
export const Pad = defineOp<{ readonly mode: 'constant'; readonly extent: string }>({
  type: 'Pad',
  infer: ([x], { extent }, fail) => {
    if (!x) return fail('needs an input');
    const { axis, before, after } = JSON.parse(extent) as Extent;
    const padded = addDims(addDims(at(x.shape, axis), before), after);
    return [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? padded : dim)) }];
  },
  gradient: ({ inputs: [x], attributes: { extent }, gradient }) => {
    if (!x) return [];
    const { axis, before } = JSON.parse(extent) as Extent;
    return [slice(gradient, axis, before, addDims(before, at(x.shape, axis)))];
  },
});

interface Extent {
  readonly axis: number;
  readonly before: Dim;
  readonly after: Dim;
}

/** Zeros `before` and `after` along one axis. */
export function pad(x: Tensor, axis: number, before: Dim, after: Dim): Tensor {
  if (before === 0 && after === 0) return x;
  const { graph } = x;
  const positive = axis < 0 ? axis + x.shape.length : axis;
  const pads = concat([sizeTensor(graph, before), sizeTensor(graph, after)], 0);
  return single(
    Pad([x, pads, graph.scalar(x.dtype, 0), graph.constant('int64', [1], [positive])], {
      mode: 'constant',
      extent: JSON.stringify({ axis: positive, before, after }),
    }),
  );
}
