import { GraphError, type Tensor } from './graph.ts';
import { at, single } from './op.ts';
import { Conv, type ConvAttributes } from './ops/conv.ts';
import { ConvTranspose } from './ops/conv-transpose.ts';
import { gather } from './ops/gather.ts';
import { reshape } from './ops/reshape.ts';
import { slice } from './ops/slice.ts';
import { transpose } from './ops/transpose.ts';

const numbers = (x: Tensor): number[] =>
  x.shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    throw new GraphError(`Conv: its gradient needs known sizes, got [${x.shape}]`, x.graph.scopePath);
  });

const spatialAxes = (x: Tensor): number[] => x.shape.map((_, axis) => axis).slice(2);

/**
 * dx of a convolution. At stride 1 it is the convolution of dy with the flipped, transposed kernel, which
 * ONNX Runtime runs many times faster than ConvTranspose when grouped; otherwise ConvTranspose.
 */
export function convInputGradient(dy: Tensor, x: Tensor, w: Tensor, attributes: ConvAttributes): Tensor {
  const { group, strides, pads, dilations } = attributes;
  if (strides.some((stride) => stride !== 1)) {
    return single(ConvTranspose([dy, w], withOutputPadding(attributes, dy, x, w)));
  }
  const [out = 0, perGroup = 0, ...kernel] = numbers(w);
  const grouped = reshape(w, [group, out / group, perGroup, ...kernel]);
  const swapped = transpose(grouped, [0, 2, 1, ...kernel.map((_, axis) => axis + 3)]);
  const flipped = kernel.reduce(
    (weight, size, axis) => gather(weight, reversed(w, size), axis + 2),
    reshape(swapped, [group * perGroup, out / group, ...kernel]),
  );
  const rank = kernel.length;
  const mirrored = pads.map((_, index) => {
    const axis = index % rank;
    return (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) - (pads[index] ?? 0);
  });
  return single(Conv([dy, flipped], { group, strides, dilations, pads: mirrored }));
}

const reversed = (w: Tensor, size: number): Tensor =>
  w.graph.constant(
    'int64',
    [size],
    Array.from({ length: size }, (_, i) => size - 1 - i),
  );

/** The rows and columns a strided convolution never looked at come back as `output_padding`. */
function withOutputPadding(attributes: ConvAttributes, dy: Tensor, x: Tensor, w: Tensor) {
  const { strides, pads, dilations } = attributes;
  const output_shape = numbers(x).slice(2);
  const output_padding = output_shape.map((size, axis) => {
    const span = (dilations[axis] ?? 1) * ((numbers(w)[axis + 2] ?? 1) - 1) + 1;
    const padding = (pads[axis] ?? 0) + (pads[axis + output_shape.length] ?? 0);
    return size - (((numbers(dy)[axis + 2] ?? 1) - 1) * (strides[axis] ?? 1) + span - padding);
  });
  return { ...attributes, output_shape, output_padding };
}

/**
 * dw of a convolution: itself a convolution, of the input with dy as the kernel, batch and channels
 * exchanged, stride and dilation exchanged. Groups: channel block g of x meets channel block g of dy.
 */
export function convWeightGradient(dy: Tensor, x: Tensor, w: Tensor, attributes: ConvAttributes): Tensor {
  const { group, strides, pads, dilations } = attributes;
  const [batch = 0, channels = 0, ...sizes] = numbers(x);
  const spatial = sizes.map((_, axis) => axis + 3);
  const blocks = transpose(reshape(x, [batch, group, channels / group, ...sizes]), [2, 1, 0, ...spatial]);
  const source = reshape(blocks, [channels / group, group * batch, ...sizes]);
  const kernel = transpose(dy, [1, 0, ...spatialAxes(dy)]); // [O, N, …]
  const correlated = single(Conv([source, kernel], { group, strides: dilations, dilations: strides, pads }));
  const cropped = spatialAxes(w).reduce(
    (value, axis) => slice(value, axis, 0, at(w.shape, axis)),
    correlated,
  );
  return transpose(cropped, [1, 0, ...spatialAxes(w)]);
}
