import { canonical, type Dim, formatShape, type Shape, sameShape, sizeOf } from '../dim.ts';
import { GraphError, type Tensor } from '../graph.ts';
import { defineOp, single } from '../op.ts';
import { shapeTensor } from './shape.ts';

/** y = x under another shape; dx = dy under x's shape. The target shape is an input; `reshape` makes it. */
export const Reshape = defineOp<{ readonly dims: string }>({
  type: 'Reshape',
  infer: ([x], { dims }, fail) => {
    if (!x) return fail('needs an input');
    const shape = JSON.parse(dims) as Dim[];
    const [from, to] = [sizeOf(x.shape), sizeOf(shape)];
    if (from !== to)
      fail(`cannot reshape ${formatShape(x.shape)} (${from} elements) to ${formatShape(shape)} (${to})`);
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ inputs: [x], gradient }) => (x ? [reshape(gradient, x.shape)] : []),
});

/**
 * `shape` may hold symbols that inputs of the graph declare, and one -1 for what is left over. The element
 * counts must agree as polynomials.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const target = resolve(x, shape.map(canonical));
  if (sameShape(x.shape, target)) return x;
  return single(Reshape([x, runtimeShape(x, target)], { dims: JSON.stringify(target) }));
}

function resolve(x: Tensor, shape: Shape): Dim[] {
  const wild = shape.indexOf(-1);
  if (wild < 0) return [...shape];
  const known = sizeOf(shape.filter((_, axis) => axis !== wild));
  const total = sizeOf(x.shape);
  const rest =
    typeof known === 'number' && typeof total === 'number'
      ? total / known
      : known === 1
        ? total
        : leftOver(x, shape, wild);
  if (typeof rest === 'number' && !Number.isInteger(rest)) {
    throw new GraphError(
      `Reshape: ${formatShape(x.shape)} does not fill ${formatShape(shape)}`,
      x.graph.scopePath,
    );
  }
  return shape.map((dim, axis) => (axis === wild ? rest : dim));
}

/** Cancels the dimensions that both shapes have; what then remains of x's is the missing one. */
function leftOver(x: Tensor, shape: Shape, wild: number): Dim {
  const remaining = [...x.shape];
  let divisor = 1;
  shape.forEach((dim, axis) => {
    if (axis === wild) return;
    const index = remaining.indexOf(dim);
    if (index >= 0) remaining.splice(index, 1);
    else if (typeof dim === 'number') divisor *= dim;
    else
      throw new GraphError(
        `Reshape: cannot infer -1 in ${formatShape(shape)} from ${formatShape(x.shape)}`,
        x.graph.scopePath,
      );
  });
  const numbers = remaining
    .filter((dim) => typeof dim === 'number')
    .reduce((product, dim) => product * dim, 1);
  return sizeOf([numbers / divisor, ...remaining.filter((dim) => typeof dim === 'string')]);
}

/** ONNX's 0 keeps a dimension and -1 infers one, so most symbolic shapes are constants after all. */
function runtimeShape(x: Tensor, shape: Shape): Tensor {
  const simple = shape.map((dim, axis) => (typeof dim === 'string' && x.shape[axis] === dim ? 0 : dim));
  const unknown = simple.filter((dim) => typeof dim === 'string');
  if (unknown.length <= 1 && !shape.includes(0)) {
    return x.graph.constant(
      'int64',
      [shape.length],
      simple.map((dim) => (typeof dim === 'string' ? -1 : dim)),
    );
  }
  return shapeTensor(x.graph, shape);
}
