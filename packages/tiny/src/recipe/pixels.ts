import { clipNormalisation, normalise } from '@x-llm/media';
import { Tensor } from '@x-llm/ort';

/** A batch of `side`² RGB pictures as the encoder takes it: float32 [batch, 3, side, side], normalised. */
export function pixelTensor(pixels: Uint8Array, batch: number, side: number): Tensor {
  const values = new Float32Array(batch * 3 * side * side);
  const bytes = side * side * 3;
  for (let i = 0; i < batch; i++) {
    const rgb = pixels.subarray(i * bytes, (i + 1) * bytes);
    values.set(normalise(rgb, { ...clipNormalisation, size: side }), i * bytes);
  }
  return Tensor.from('float32', values, [batch, 3, side, side]);
}
