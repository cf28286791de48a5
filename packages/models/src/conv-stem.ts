/**
 * A residual convolutional stem for small vision transformers, in place of the linear patch embedding: on few
 * pictures a small ViT learns little without one (early convolutions: arXiv 2106.14881; pre-norm residual blocks
 * with channels last: arXiv 2201.03545).
 *
 * Convolutions are written as one matrix product (docs/decisions/0003). On CPU that is faster than Conv and its
 * gradients, and the weight gradient becomes one tall product.
 */
import {
  add,
  concat,
  type Dim,
  GraphError,
  matMul,
  type Parameters,
  pad,
  relu,
  reshape,
  slice,
  split,
  type Tensor,
  transpose,
} from '@x-llm/onnx';
import { layerNorm, linear, widthOf } from './layers.ts';

export interface ConvStem {
  readonly kind: 'conv-stem';
  /** One per halving of the resolution: the first is reached by the first convolution, at half the input's size. */
  readonly stages: readonly { readonly channels: number; readonly blocks: number }[];
}

/** How many pixels a side one position of the stem's output stands for. */
export const stemStride = (stem: ConvStem): number => 2 ** stem.stages.length;

const epsilon = 1e-6;

/** `pixels` [B, 3, S, S] → [B, P, C]: P = (S / stride)² patches in reading order. */
export function convStem(stem: ConvStem, parameters: Parameters, pixels: Tensor, width: number): Tensor {
  const { graph } = pixels;
  let x = transpose(pixels, [0, 2, 3, 1]); // [B, S, S, 3]
  stem.stages.forEach((stage, index) => {
    graph.scope(`stage.${index}`, () => {
      const own = parameters.at(`stages.${index}`);
      const halved = spaceToDepth(index === 0 ? x : layerNorm(own.at('norm'), x, epsilon)); // [B, S/2, S/2, 4C]
      x =
        index === 0
          ? convolution(own.at('down'), halved, stage.channels)
          : linear(own.at('down'), halved, stage.channels);
      for (let block = 0; block < stage.blocks; block++) {
        x = graph.scope(`block.${block}`, () => residualBlock(own.at(`blocks.${block}`), x));
      }
    });
  });
  const [batch = 1, rows = 1, columns = 1] = x.shape;
  const patches = reshape(x, [batch, Number(rows) * Number(columns), widthOf(x)]); // [B, P, last stage's channels]
  return linear(parameters.at('proj'), layerNorm(parameters.at('norm'), patches, epsilon), width);
}

/** x + conv(relu(conv(norm(x)))) on [B, S, S, C]. */
function residualBlock(parameters: Parameters, x: Tensor): Tensor {
  const width = widthOf(x);
  const inner = relu(
    convolution(parameters.at('conv1'), layerNorm(parameters.at('norm'), x, epsilon), width),
  );
  return add(x, convolution(parameters.at('conv2'), inner, width));
}

/**
 * 3×3 convolution with padding 1 on [B, S, S, C]; `weight` [O, 3, 3, C].
 *
 * The three columns of a neighbourhood are gathered before the product, its three rows are summed after it, each
 * moved by one: copying 3C + 3O values a position instead of 9C, and as much less on the way back.
 */
function convolution(parameters: Parameters, x: Tensor, outWidth: number): Tensor {
  const [, height, width] = x.shape;
  if (typeof height !== 'number' || typeof width !== 'number') {
    throw new GraphError(`conv-stem: expected a picture of known size, got [${x.shape}]`, x.graph.scopePath);
  }
  const channels = widthOf(x);
  const padded = pad(x, 2, 1, 1);
  const columns = concat(
    [0, 1, 2].map((column) => slice(padded, 2, column, column + width)),
    3,
  ); // [B, S, S, 3C]
  const stored = parameters.get('weight', [outWidth, 3, 3, channels]);
  const weight = reshape(transpose(stored, [1, 0, 2, 3]), [3 * outWidth, 3 * channels]);
  const products = matMul(columns, weight, { transposeB: true }); // [B, S, S, 3O]
  const [above, here, below] = split(products, 3, [outWidth, outWidth, outWidth]);
  if (!above || !here || !below) throw new Error('three rows');
  const sum = add(here, add(moveRows(above, 1), moveRows(below, -1))); // [B, S, S, O]
  return add(sum, parameters.get('bias', [outWidth]));
}

/** Rows of [B, S, S, C] moved down by `by`, or up if it is negative; what comes in is zero. */
function moveRows(x: Tensor, by: number): Tensor {
  const height = Number(x.shape[1]);
  return by > 0 ? pad(slice(x, 1, 0, height - by), 1, by, 0) : pad(slice(x, 1, -by, height), 1, 0, -by);
}

/** Each 2×2 square of pixels becomes one pixel of four times the channels: [B, S, S, C] → [B, S/2, S/2, 4C]. */
function spaceToDepth(x: Tensor): Tensor {
  const [batch = 1, height, width] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const [rows, columns, channels] = [Number(height) / 2, Number(width) / 2, widthOf(x)];
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) {
    throw new GraphError(`conv-stem: ${height}×${width} pixels cannot be halved`, x.graph.scopePath);
  }
  const squares = transpose(reshape(x, [batch, rows, 2, columns, 2, channels]), [0, 1, 3, 2, 4, 5]);
  return reshape(squares, [batch, rows, columns, 4 * channels]);
}
