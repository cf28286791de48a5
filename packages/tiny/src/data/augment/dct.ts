/**
 * What JPEG does to a picture: 8×8 blocks of Y, Cb, Cr (chroma at half size) through the DCT, rounded to multiples of
 * the quality's steps, and back. Annex K's tables and libjpeg's quality scale; orthonormal DCT-II as a matrix product.
 */
const cosines = new Float32Array(64);
for (let k = 0; k < 8; k++) {
  for (let n = 0; n < 8; n++)
    cosines[k * 8 + n] = Math.sqrt(k === 0 ? 1 / 8 : 1 / 4) * Math.cos(((2 * n + 1) * k * Math.PI) / 16);
}

// ITU-T T.81 Annex K, tables K.1 (luminance) and K.2 (chrominance).
const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const chrominance = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

const steps = new Float32Array(64);
const block = new Float32Array(64);
const half = new Float32Array(64);

function setSteps(table: readonly number[], quality: number): void {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  for (let i = 0; i < 64; i++) steps[i] = Math.max(1, (table[i] as number) * scale);
}

/** The even and odd halves of one 8-point DCT share sums and differences: 32 products instead of 64. */
function forwardRow(
  source: Float32Array,
  s: number,
  stride: number,
  target: Float32Array,
  t: number,
  tStride: number,
): void {
  for (let n = 0; n < 4; n++) {
    const p = source[s + n * stride] as number;
    const q = source[s + (7 - n) * stride] as number;
    sums[n] = p + q;
    sums[n + 4] = p - q;
  }
  for (let k = 0; k < 8; k++) {
    const c = k * 8;
    const o = (k & 1) * 4;
    target[t + k * tStride] =
      (cosines[c] as number) * (sums[o] as number) +
      (cosines[c + 1] as number) * (sums[o + 1] as number) +
      (cosines[c + 2] as number) * (sums[o + 2] as number) +
      (cosines[c + 3] as number) * (sums[o + 3] as number);
  }
}
const sums = new Float32Array(8);

function inverseRow(
  source: Float32Array,
  s: number,
  stride: number,
  target: Float32Array,
  t: number,
  tStride: number,
): void {
  for (let n = 0; n < 4; n++) {
    let even = 0;
    let odd = 0;
    for (let k = 0; k < 8; k += 2) {
      even += (cosines[k * 8 + n] as number) * (source[s + k * stride] as number);
      odd += (cosines[k * 8 + 8 + n] as number) * (source[s + (k + 1) * stride] as number);
    }
    target[t + n * tStride] = even + odd;
    target[t + (7 - n) * tStride] = even - odd;
  }
}

/** Quantises one plane in place; only whole blocks. */
function quantise(plane: Float32Array, width: number): void {
  for (let by = 0; by + 8 <= width; by += 8) {
    for (let bx = 0; bx + 8 <= width; bx += 8) {
      const first = by * width + bx;
      for (let r = 0; r < 8; r++) forwardRow(plane, first + r * width, 1, half, r * 8, 1);
      for (let c = 0; c < 8; c++) forwardRow(half, c, 8, block, c, 8);
      for (let i = 0; i < 64; i++) {
        const q = steps[i] as number;
        block[i] = Math.round((block[i] as number) / q) * q;
      }
      for (let c = 0; c < 8; c++) inverseRow(block, c, 8, half, c, 8);
      for (let r = 0; r < 8; r++) inverseRow(half, r * 8, 1, plane, first + r * width, 1);
    }
  }
}

let planes: Float32Array[] = [];

/** Quality 1…100 as libjpeg means it. In place on `size`² RGB from byte `start`; `size` even. */
export function jpegLike(out: Uint8Array, start: number, size: number, quality: number): void {
  const halfSize = size >> 1;
  if (planes[0]?.length !== size * size) {
    planes = [
      new Float32Array(size * size),
      new Float32Array(halfSize * halfSize),
      new Float32Array(halfSize * halfSize),
    ];
  }
  const [luma, blue, red] = planes as [Float32Array, Float32Array, Float32Array];
  blue.fill(0);
  red.fill(0);
  for (let y = 0, o = start; y < size; y++) {
    for (let x = 0; x < size; x++, o += 3) {
      const r = out[o] as number;
      const g = out[o + 1] as number;
      const b = out[o + 2] as number;
      const v = 0.299 * r + 0.587 * g + 0.114 * b;
      luma[y * size + x] = v - 128;
      const k = (y >> 1) * halfSize + (x >> 1);
      blue[k] = (blue[k] as number) + (b - v) * (0.564 / 4);
      red[k] = (red[k] as number) + (r - v) * (0.713 / 4);
    }
  }
  setSteps(luminance, quality);
  quantise(luma, size);
  setSteps(chrominance, quality);
  quantise(blue, halfSize);
  quantise(red, halfSize);
  for (let y = 0, o = start; y < size; y++) {
    for (let x = 0; x < size; x++, o += 3) {
      const k = (y >> 1) * halfSize + (x >> 1);
      const v = (luma[y * size + x] as number) + 128.5;
      const cb = blue[k] as number;
      const cr = red[k] as number;
      out[o] = clamp(v + 1.402 * cr);
      out[o + 1] = clamp(v - 0.344 * cb - 0.714 * cr);
      out[o + 2] = clamp(v + 1.772 * cb);
    }
  }
}

function clamp(v: number): number {
  return v < 0 ? 0 : Math.min(v, 255);
}
