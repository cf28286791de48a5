export interface Normalisation {
  /** Side of the square picture, in pixels. */
  size: number;
  /** Per channel, on values scaled to 0–1. */
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
}

/** CLIP's channel statistics, which BLIP and X-LLM use (LAVIS `blip_processors.py`). */
export const clipNormalisation = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
} as const satisfies Omit<Normalisation, 'size'>;

/** Interleaved 8-bit RGB to planar floats, `(value / 255 − mean) / std`: [3, size, size]. */
export function normalise(rgb: Uint8Array, { size, mean, std }: Normalisation): Float32Array {
  const plane = size * size;
  if (rgb.length !== plane * 3) {
    throw new RangeError(`normalise: expected ${plane * 3} bytes for ${size}×${size}, got ${rgb.length}`);
  }
  const out = new Float32Array(plane * 3);
  for (const channel of [0, 1, 2] as const) {
    // 256 possible values: a table keeps the divisions out of the loop.
    const table = Float32Array.from(
      { length: 256 },
      (_, value) => (value / 255 - mean[channel]) / std[channel],
    );
    for (let pixel = 0; pixel < plane; pixel++) {
      out[channel * plane + pixel] = table[rgb[pixel * 3 + channel] ?? 0] ?? 0;
    }
  }
  return out;
}
