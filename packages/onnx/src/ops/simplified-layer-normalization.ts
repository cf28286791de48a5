import { formatShape } from '../dim.ts';
import { isFloat } from '../dtype.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, sameDType, single } from '../op.ts';
import { mul } from './mul.ts';
import { reduceMean } from './reduce-mean.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

interface SimplifiedLayerNormalizationAttributes {
  readonly [name: string]: number | { readonly float: number };
  readonly axis: number;
  readonly epsilon: { readonly float: number };
}

/**
 * RMSNorm: y = x̂·scale, x̂ = x·r with r = (mean(x²) + ε)^−½ over the last axis (arXiv 1910.07467). ONNX Runtime's name for
 * it, on every device, before opset 23 had one.
 * dscale = Σdy·x̂, dx = r·(g − x̂·mean(g·x̂)) with g = dy·scale.
 */
export const SimplifiedLayerNormalization = defineOp<SimplifiedLayerNormalizationAttributes>({
  type: 'SimplifiedLayerNormalization',
  infer: ([x, scale], _, fail) => {
    if (!x || !scale) return fail('needs an input and a scale');
    const dtype = sameDType([x, scale], fail);
    if (!isFloat(dtype)) fail(`expected a float type, got ${dtype}`);
    const width = x.shape.at(-1);
    if (width === undefined || scale.shape.length !== 1 || scale.shape[0] !== width)
      fail(`expected a scale of shape [${width}], got ${formatShape(scale.shape)}`);
    return [
      { dtype, shape: x.shape },
      { dtype: 'float32', shape: [...x.shape.slice(0, -1), 1] },
    ];
  },
  gradient: ({ inputs: [x, scale], outputs: [, inverse], gradient, needs }) => {
    if (!x || !scale || !inverse) return [];
    const normalised = mul(x, inverse);
    const scaled = mul(gradient, scale);
    const along = reduceMean(mul(scaled, normalised), [-1], { keepDims: true });
    const lead = x.shape.slice(0, -1).map((_, axis) => axis);
    return [
      needs(0) ? mul(inverse, sub(scaled, mul(normalised, along))) : undefined,
      needs(1) ? reduceSum(mul(gradient, normalised), lead) : undefined,
    ];
  },
});

/** RMSNorm of `x` [..., C] over C; `scale` [C]. */
export const rmsNormalization = (x: Tensor, scale: Tensor, epsilon: number): Tensor =>
  single(SimplifiedLayerNormalization([x, scale], { axis: -1, epsilon: { float: epsilon } }));
