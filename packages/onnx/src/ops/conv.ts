import { convInputGradient, convWeightGradient } from '../convolution.ts';
import { addDims, type Dim, floorDim, formatShape } from '../dim.ts';
import type { Tensor } from '../graph.ts';
import { at, defineOp, type Fail, sameDType, single } from '../op.ts';
import { reduceSum } from './reduce-sum.ts';

export interface ConvAttributes {
  readonly [name: string]: number | readonly number[];
  readonly group: number;
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** y[n,o,…] = Σ x[n,c,… + k]·w[o,c,k] + b[o]; the gradients are convolutions again (see convolution.ts). */
export const Conv = defineOp<ConvAttributes>({
  type: 'Conv',
  infer: (inputs, attributes, fail) => {
    const [x, w, b] = inputs;
    if (!x || !w) return fail('needs an input and a weight');
    const dtype = sameDType(inputs, fail);
    if (x.shape.length !== w.shape.length)
      fail(`input ${formatShape(x.shape)} and weight ${formatShape(w.shape)} differ in rank`);
    const channels = at(w.shape, 1);
    if (typeof channels !== 'number' || at(x.shape, 1) !== channels * attributes.group) {
      fail(
        `weight ${formatShape(w.shape)} in ${attributes.group} groups does not fit input ${formatShape(x.shape)}`,
      );
    }
    if (b && b.shape[0] !== w.shape[0]) fail(`expected a bias of ${w.shape[0]}, got ${formatShape(b.shape)}`);
    return [{ dtype, shape: [at(x.shape, 0), at(w.shape, 0), ...outputSizes(x, w, attributes, fail)] }];
  },
  gradient: ({ inputs: [x, w], attributes, gradient, needs }) =>
    x && w
      ? [
          needs(0) ? convInputGradient(gradient, x, w, attributes) : undefined,
          needs(1) ? convWeightGradient(gradient, x, w, attributes) : undefined,
          needs(2)
            ? reduceSum(
                gradient,
                gradient.shape.map((_, axis) => axis).filter((axis) => axis !== 1),
              )
            : undefined,
        ]
      : [],
});

function outputSizes(x: Tensor, w: Tensor, { strides, pads, dilations }: ConvAttributes, fail: Fail): Dim[] {
  return x.shape.slice(2).map((size, axis) => {
    const kernel = at(w.shape, axis + 2);
    if (typeof kernel !== 'number') return fail('expected a kernel of known size');
    const span = (dilations[axis] ?? 1) * (kernel - 1) + 1;
    const padding = (pads[axis] ?? 0) + (pads[axis + strides.length] ?? 0);
    const stride = strides[axis] ?? 1;
    const steps = floorDim(addDims(size, padding - span), stride);
    if (steps === undefined)
      return fail(`axis ${axis + 2} must be a number at stride ${stride}, got ${size}`);
    if (typeof steps === 'number' && steps < 0)
      return fail(`a kernel of ${span} does not fit ${size} with padding ${padding}`);
    return addDims(steps, 1);
  });
}

export interface ConvOptions {
  readonly stride?: number;
  /** Zeros on both ends of every spatial axis. */
  readonly padding?: number;
  readonly groups?: number;
  readonly dilation?: number;
}

/** `x` [N, C, …spatial], `w` [O, C/groups, …kernel], `b` [O] → [N, O, …]. */
export function conv(x: Tensor, w: Tensor, b?: Tensor, options: ConvOptions = {}): Tensor {
  const spatial = x.shape.length - 2;
  const fill = (value: number, count = spatial) => Array.from({ length: count }, () => value);
  return single(
    Conv(b ? [x, w, b] : [x, w], {
      group: options.groups ?? 1,
      strides: fill(options.stride ?? 1),
      pads: fill(options.padding ?? 0, 2 * spatial),
      dilations: fill(options.dilation ?? 1),
    }),
  );
}
