import { inferFloat } from '../elementwise.ts';
import type { Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { add } from './add.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { sigmoid } from './sigmoid.ts';
import { sub } from './sub.ts';

/** √(2/π) as the GELU paper and ChatGLM write it. */
const sqrtTwoOverPi = 0.7978845608028654;
const cubic = 0.044715;

/**
 * Gaussian error linear unit (arXiv 1606.08415).
 * exact: y = x·Φ(x), dx = dy·(Φ(x) + x·φ(x)) with Φ(x) = ½(1 + erf(x/√2)), φ(x) = e^(−x²/2)/√(2π).
 * tanh:  y = ½x(1 + t), t = tanh(√(2/π)(x + 0.044715x³)),
 *        dx = dy·½(1 + t + x(1 − t²)√(2/π)(1 + 3·0.044715x²)), see `tanhSlope`.
 */
export const Gelu = defineOp<{ readonly approximate: 'none' | 'tanh' }>({
  type: 'Gelu',
  infer: (inputs, _, fail) => inferFloat(inputs, fail),
  gradient: ({ inputs: [x], attributes, gradient }) =>
    x ? [mul(gradient, attributes.approximate === 'tanh' ? tanhSlope(x) : exactSlope(x))] : [],
});

function exactSlope(x: Tensor): Tensor {
  const c = (value: number) => x.graph.scalar(x.dtype, value);
  const phi = mul(c(1 / Math.sqrt(2 * Math.PI)), exp(mul(c(-0.5), mul(x, x))));
  const cumulative = mul(c(0.5), add(c(1), erf(mul(x, c(Math.SQRT1_2)))));
  return add(cumulative, mul(x, phi));
}

/**
 * With v = x(2a + 2b·x²), a = √(2/π), b = 0.044715a, and s = σ(v) = ½(1 + t): y = x·s, so
 * dy/dx = s + (s − s²)·x·v' and x·v' = 3v − 4a·x. Written for few passes over memory.
 */
function tanhSlope(x: Tensor): Tensor {
  const c = (value: number) => x.graph.scalar(x.dtype, value);
  const v = mul(x, add(c(2 * sqrtTwoOverPi), mul(c(2 * sqrtTwoOverPi * cubic), mul(x, x))));
  const s = sigmoid(v);
  return add(s, mul(sub(s, mul(s, s)), sub(mul(c(3), v), mul(c(4 * sqrtTwoOverPi), x))));
}

export const gelu = (x: Tensor, options: { approximate?: 'none' | 'tanh' } = {}): Tensor =>
  single(Gelu([x], { approximate: options.approximate ?? 'none' }));
