import { concat, matMul, reshape, slice, type Tensor } from '@x-llm/onnx';
import { widthOf } from './layers.ts';

/** The slope of torch's cubic kernel (Keys' would be -0.5). */
const cubicSlope = -0.75;

/** The cubic convolution kernel at distance `x` (R. Keys, 1981). */
function cubic(x: number): number {
  const d = Math.abs(x);
  const a = cubicSlope;
  if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
  if (d < 2) return a * (d ** 3 - 5 * d ** 2 + 8 * d - 4);
  return 0;
}

/**
 * The [to, from] matrix that resizes a row of `from` values to `to` by bicubic interpolation: pixel centres
 * at half-integers, no antialiasing, the border repeated. As `torch.nn.functional.interpolate` does with
 * `mode='bicubic', align_corners=False`.
 */
export function bicubicMatrix(from: number, to: number): Float32Array {
  const matrix = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const centre = ((row + 0.5) * from) / to - 0.5;
    const first = Math.floor(centre) - 1;
    for (let tap = first; tap < first + 4; tap++) {
      const column = Math.min(Math.max(tap, 0), from - 1);
      matrix[row * from + column] = (matrix[row * from + column] ?? 0) + cubic(centre - tap);
    }
  }
  return matrix;
}

/**
 * Position embeddings for a grid of another size: [1, 1 + from², C] → [1, 1 + to², C]. The first row belongs
 * to the class token and stays.
 */
export function resizePositions(positions: Tensor, from: number, to: number): Tensor {
  if (from === to) return positions;
  const { graph } = positions;
  const width = widthOf(positions);
  const matrix = graph.constant('float32', [to, from], bicubicMatrix(from, to));
  const grid = reshape(slice(positions, 1, 1), [from, from * width]);
  const tall = reshape(matMul(matrix, grid), [to, from, width]);
  const resized = reshape(matMul(matrix, tall), [1, to * to, width]);
  return concat([slice(positions, 1, 0, 1), resized], 1);
}
