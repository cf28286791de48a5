/**
 * Pillow's BICUBIC resize, bit for bit (src/libImaging/Resample.c): separable, a = −0.5, the support
 * grows with the reduction (antialias), coefficients in 22-bit fixed point, and the horizontal pass
 * is rounded and clipped to 8 bits before the vertical one.
 */
const precisionBits = 32 - 8 - 2;
const support = 2;

function bicubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

interface Kernel {
  /** Weights of the inputs under one output; `size` slots per output. */
  weights: Int32Array;
  size: number;
  /** First input and number of inputs per output. */
  first: Int32Array;
  count: Int32Array;
}

function kernel(inputs: number, outputs: number): Kernel {
  const scale = inputs / outputs;
  const filterScale = Math.max(scale, 1);
  const radius = support * filterScale;
  const size = Math.ceil(radius) * 2 + 1;
  const weights = new Int32Array(outputs * size);
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const exact = new Float64Array(size);
  for (let output = 0; output < outputs; output++) {
    const centre = (output + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - radius + 0.5));
    const taps = Math.min(inputs, Math.trunc(centre + radius + 0.5)) - from;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = bicubic((tap + from - centre + 0.5) * (1 / filterScale));
      exact[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap++) {
      const weight = ((exact[tap] ?? 0) / sum) * (1 << precisionBits);
      weights[output * size + tap] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    first[output] = from;
    count[output] = taps;
  }
  return { weights, size, first, count };
}

function clip8(sum: number): number {
  return Math.max(0, Math.min(255, sum >> precisionBits));
}

function horizontal(source: Uint8Array, width: number, height: number, outWidth: number): Uint8Array {
  const { weights, size, first, count } = kernel(width, outWidth);
  const out = new Uint8Array(outWidth * height * 3);
  for (let row = 0, to = 0; row < height; row++) {
    for (let x = 0; x < outWidth; x++, to += 3) {
      let red = 1 << (precisionBits - 1);
      let green = red;
      let blue = red;
      let from = (row * width + (first[x] ?? 0)) * 3;
      const start = x * size;
      const end = start + (count[x] ?? 0);
      for (let tap = start; tap < end; tap++, from += 3) {
        const weight = weights[tap] ?? 0;
        red += (source[from] ?? 0) * weight;
        green += (source[from + 1] ?? 0) * weight;
        blue += (source[from + 2] ?? 0) * weight;
      }
      out[to] = clip8(red);
      out[to + 1] = clip8(green);
      out[to + 2] = clip8(blue);
    }
  }
  return out;
}

function vertical(source: Uint8Array, width: number, height: number, outHeight: number): Uint8Array {
  const { weights, size, first, count } = kernel(height, outHeight);
  const stride = width * 3;
  const out = new Uint8Array(stride * outHeight);
  const sums = new Int32Array(stride);
  for (let y = 0; y < outHeight; y++) {
    sums.fill(1 << (precisionBits - 1));
    let from = (first[y] ?? 0) * stride;
    const start = y * size;
    const end = start + (count[y] ?? 0);
    for (let tap = start; tap < end; tap++) {
      const weight = weights[tap] ?? 0;
      for (let x = 0; x < stride; x++) sums[x] = (sums[x] ?? 0) + (source[from++] ?? 0) * weight;
    }
    for (let x = 0, to = y * stride; x < stride; x++) out[to++] = clip8(sums[x] ?? 0);
  }
  return out;
}

/**
 * Resizes interleaved 8-bit RGB of `width` × `height` to exactly `outWidth` × `outHeight` (the
 * aspect ratio is not kept), equal to Pillow's `resize((outWidth, outHeight), BICUBIC)` to the bit.
 *
 * `resizeBicubic(rgb, 640, 480, 224, 224)` → 224·224·3 bytes. An unchanged size copies.
 */
export function resizeBicubic(
  rgb: Uint8Array,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Uint8Array {
  for (const side of [width, height, outWidth, outHeight]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(
        `resizeBicubic: sides must be positive integers, got ${width}×${height} to ${outWidth}×${outHeight}`,
      );
    }
  }
  if (rgb.length !== width * height * 3) {
    throw new RangeError(
      `resizeBicubic: expected ${width * height * 3} bytes for ${width}×${height}, got ${rgb.length}`,
    );
  }
  const narrowed = width === outWidth ? rgb : horizontal(rgb, width, height, outWidth);
  const resized = height === outHeight ? narrowed : vertical(narrowed, outWidth, height, outHeight);
  return resized === rgb ? rgb.slice() : resized;
}
