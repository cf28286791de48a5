/**
 * A small residual convolutional network in place of the patch embedding, for models trained from scratch on
 * few pictures: early convolutions make a vision transformer easier to train (arXiv 2106.14881).
 *
 * Each stage halves the picture with a strided 3×3 convolution and follows it with residual blocks
 * x + scale·conv(relu(conv(relu(x)))). There is no normalisation: `scale` starts at 0, so that the network
 * starts as its shortcuts (SkipInit, arXiv 2002.10444).
 */
import { add, conv, mul, type Parameters, relu, reshape, type Tensor, transpose } from '@x-llm/onnx';

export interface ConvStem {
  readonly kind: 'conv-stem';
  readonly stages: readonly { readonly channels: number; readonly blocks: number }[];
}

/** How many pixels a side one position of the stem's output stands for. */
export const stemStride = (stem: ConvStem): number => 2 ** stem.stages.length;

/** `pixels` [B, 3, S, S] → [B, P, C] with P = (S / stride)². */
export function convStem(stem: ConvStem, parameters: Parameters, pixels: Tensor, width: number): Tensor {
  let x = pixels;
  stem.stages.forEach(({ channels, blocks }, index) => {
    const stage = parameters.at(`stages.${index}`);
    x = convolution(stage.at('downsample'), x, channels, { kernel: 3, stride: 2 });
    for (let block = 0; block < blocks; block++) {
      x = residualBlock(stage.at(`blocks.${block}`), x, channels);
    }
  });
  return tokens(convolution(parameters.at('proj'), relu(x), width, { kernel: 1 }));
}

function residualBlock(parameters: Parameters, x: Tensor, channels: number): Tensor {
  const inner = convolution(parameters.at('conv1'), relu(x), channels, { kernel: 3 });
  const outer = convolution(parameters.at('conv2'), relu(inner), channels, { kernel: 3 });
  return add(x, mul(outer, parameters.get('scale', [1])));
}

function convolution(
  parameters: Parameters,
  x: Tensor,
  channels: number,
  { kernel, stride = 1 }: { readonly kernel: number; readonly stride?: number },
): Tensor {
  const weight = parameters.get('weight', [channels, Number(x.shape[1]), kernel, kernel]);
  return conv(x, weight, parameters.get('bias', [channels]), { stride, padding: (kernel - 1) / 2 });
}

/** [B, C, h, w] → [B, P, C], row by row. */
export function tokens(x: Tensor): Tensor {
  const [batch = 1, channels = 1, rows, columns] = x.shape;
  const flat = reshape(x, [batch, channels, Number(rows) * Number(columns)]); // [B, C, P]
  return transpose(flat, [0, 2, 1]);
}
