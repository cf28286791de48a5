import { formatShape, normaliseAxis } from '../dim.ts';
import { isFloat } from '../dtype.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, sameDType, single } from '../op.ts';
import { mul } from './mul.ts';
import { reduceMean } from './reduce-mean.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

interface LayerNormalizationAttributes {
  readonly [name: string]: number | { readonly float: number };
  readonly axis: number;
  readonly epsilon: { readonly float: number };
}

/**
 * y = x̂·scale + bias, x̂ = (x − mean)·invStd over the last axis (arXiv 1607.06450).
 * dbias = Σdy, dscale = Σdy·x̂, dx = invStd·(g − mean(g) − x̂·mean(g·x̂)) with g = dy·scale.
 */
export const LayerNormalization = defineOp<LayerNormalizationAttributes>({
  type: 'LayerNormalization',
  infer: (inputs, { axis }, fail) => {
    const [x, scale, bias] = inputs;
    if (!x || !scale) return fail('needs an input and a scale');
    const dtype = sameDType(inputs, fail);
    if (!isFloat(dtype)) fail(`expected a float type, got ${dtype}`);
    const rank = x.shape.length;
    if (normaliseAxis(axis, rank, fail) !== rank - 1) fail('only the last axis can be normalised');
    for (const parameter of bias ? [scale, bias] : [scale]) {
      if (parameter.shape.length !== 1 || parameter.shape[0] !== x.shape[rank - 1]) {
        fail(`expected scale and bias of shape [${x.shape[rank - 1]}], got ${formatShape(parameter.shape)}`);
      }
    }
    const statistics = { dtype: 'float32' as const, shape: [...x.shape.slice(0, -1), 1] };
    return [{ dtype, shape: x.shape }, statistics, statistics];
  },
  gradient: ({ inputs: [x, scale], outputs: [, mean, inverse], gradient, needs }) => {
    if (!x || !scale || !mean || !inverse) return [];
    const lead = x.shape.slice(0, -1).map((_, axis) => axis);
    const normalised = mul(sub(x, mean), inverse);
    const scaled = mul(gradient, scale);
    const along = (value: Tensor) => reduceMean(value, [-1], { keepDims: true });
    return [
      needs(0)
        ? mul(inverse, sub(sub(scaled, along(scaled)), mul(normalised, along(mul(scaled, normalised)))))
        : undefined,
      needs(1) ? reduceSum(mul(gradient, normalised), lead) : undefined,
      needs(2) ? reduceSum(gradient, lead) : undefined,
    ];
  },
});

/** `x` [..., C] normalised over C; `scale` and `bias` [C]. */
export const layerNormalization = (
  x: Tensor,
  scale: Tensor,
  bias: Tensor | undefined,
  epsilon: number,
): Tensor =>
  single(LayerNormalization(bias ? [x, scale, bias] : [x, scale], { axis: -1, epsilon: { float: epsilon } }));
