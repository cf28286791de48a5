import { formatShape } from './dim.ts';
import { isFloat } from './dtype.ts';
import { GraphError, type Node, type Tensor } from './graph.ts';
import { notDifferentiable } from './op.ts';
import { add } from './ops/add.ts';

/**
 * Reverse-mode differentiation: appends the nodes that compute d(loss)/d(tensor) for each of `tensors`
 * to the loss's own graph. Only nodes on a path from a wanted tensor to the loss get a gradient, so what
 * hangs on frozen weights alone costs nothing.
 *
 * `loss` is a float scalar of shape []. A tensor the loss does not depend on is an error, for a silent
 * zero gradient hides a mistake.
 *
 * ```ts
 * const [dw] = gradients(loss, [w]);
 * ```
 */
export function gradients(loss: Tensor, tensors: readonly Tensor[]): Tensor[] {
  const { graph } = loss;
  if (loss.shape.length !== 0 || !isFloat(loss.dtype)) {
    throw new GraphError(
      `gradients: the loss must be a float scalar, got ${loss.dtype} ${formatShape(loss.shape)}`,
      graph.scopePath,
    );
  }
  const nodes = [...graph.nodes];
  const onPath = reachableFrom(tensors, nodes);
  const totals = new Map<Tensor, Tensor>([[loss, graph.constant(loss.dtype, [], [1])]]);
  const accumulate = (tensor: Tensor, gradient: Tensor) => {
    const before = totals.get(tensor);
    totals.set(tensor, before ? add(before, gradient) : gradient);
  };

  graph.scope('gradient', () => {
    for (const node of nodes.reverse()) {
      if (!node.inputs.some((input) => input && onPath.has(input))) continue;
      const outputGradients = node.outputs.map((output) => totals.get(output));
      if (outputGradients.every((gradient) => gradient === undefined)) continue;
      graph.scope(node.scope || node.op.type, () => backward(node, outputGradients, onPath, accumulate));
    }
  });

  return tensors.map((tensor) => {
    const gradient = totals.get(tensor);
    if (!gradient)
      throw new GraphError(`gradients: the loss does not depend on "${tensor.name}"`, graph.scopePath);
    return gradient;
  });
}

/** All tensors computed, directly or not, from `tensors`, and these themselves. */
function reachableFrom(tensors: readonly Tensor[], nodes: readonly Node[]): Set<Tensor> {
  const reached = new Set(tensors);
  for (const node of nodes) {
    if (!node.inputs.some((input) => input && reached.has(input))) continue;
    for (const output of node.outputs) if (isFloat(output.dtype)) reached.add(output);
  }
  return reached;
}

function backward(
  node: Node,
  outputGradients: readonly (Tensor | undefined)[],
  onPath: ReadonlySet<Tensor>,
  accumulate: (tensor: Tensor, gradient: Tensor) => void,
): void {
  const rule = node.op.gradient;
  if (rule === notDifferentiable) {
    throw new GraphError(
      `gradients: ${node.op.type} is not differentiable, and the loss depends on it`,
      node.scope,
    );
  }
  const inputGradients = rule({
    inputs: node.inputs as readonly Tensor[],
    outputs: node.outputs,
    attributes: node.attributes,
    gradients: outputGradients,
    get gradient() {
      return outputGradients[0] ?? missingGradient(node);
    },
    needs: (index) => {
      const input = node.inputs[index];
      return input !== undefined && onPath.has(input);
    },
  });
  inputGradients.forEach((gradient, index) => {
    const input = node.inputs[index];
    if (!gradient || !input || !onPath.has(input)) return;
    if (formatShape(gradient.shape) !== formatShape(input.shape)) {
      throw new GraphError(
        `${node.op.type}: the gradient of input ${index} has shape ${formatShape(gradient.shape)}, the input ${formatShape(input.shape)}`,
        node.scope,
      );
    }
    accumulate(input, gradient);
  });
}

function missingGradient(node: Node): never {
  throw new GraphError(`${node.op.type}: no gradient reaches its first output`, node.scope);
}
