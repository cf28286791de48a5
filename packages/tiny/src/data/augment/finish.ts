/** What happens to the whole picture after it is drawn: occlusion, blur, tone, noise, JPEG. In place. */
import type { Rng } from '../rng.ts';
import { jpegLike } from './dct.ts';

const tone = new Uint8Array(768);
const curve = new Float64Array(256);

/** Gaussian noise, standard deviation 32, drawn once; a sample starts somewhere in it. */
const noise = new Int8Array(8192);
{
  let state = 12345;
  for (let i = 0; i < noise.length; i++) {
    let sum = 0;
    for (let k = 0; k < 12; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      sum += (state >>> 8) * 2 ** -24;
    }
    noise[i] = Math.max(-127, Math.min(127, Math.round((sum - 6) * 32)));
  }
}

/** `frame`: of several pictures finished alike, from the same `rng`, each has its own noise. */
export function finish(
  out: Uint8Array,
  start: number,
  size: number,
  rng: Rng,
  strength: number,
  keepColour = false,
  frame = 0,
): void {
  if (rng.chance(0.12 * strength)) occlude(out, start, size, rng);
  if (rng.chance(0.15 * strength)) blur(out, start, size, rng.chance(0.5) ? 1 : 2);
  if (rng.chance(0.08 * strength)) pixelate(out, start, size, rng);
  if (rng.chance(0.8 * strength)) applyTone(out, start, size, rng, strength, keepColour ? 0.02 : 0.1);
  if (rng.chance(0.05 * strength) && !keepColour) grey(out, start, size);
  if (rng.chance(0.2 * strength)) addNoise(out, start, size, rng, frame);
  if (rng.chance(0.18 * strength)) jpegLike(out, start, size, rng.between(12, 80));
}

/** A random rectangle, up to a fifth of the picture, in one colour. */
function occlude(out: Uint8Array, start: number, size: number, rng: Rng): void {
  const width = Math.round(size * rng.between(0.12, 0.45));
  const height = Math.round(size * rng.between(0.12, 0.45));
  const x0 = rng.int(size - width + 1);
  const y0 = rng.int(size - height + 1);
  const r = rng.int(256);
  const g = rng.int(256);
  const b = rng.int(256);
  for (let y = y0; y < y0 + height; y++) {
    for (let x = x0, o = start + (y * size + x0) * 3; x < x0 + width; x++, o += 3) {
      out[o] = r;
      out[o + 1] = g;
      out[o + 2] = b;
    }
  }
}

/** Binomial [1 2 1] in both directions, `passes` times, as two running passes without a copy of the picture. */
function blur(out: Uint8Array, start: number, size: number, passes: number): void {
  const row = size * 3;
  for (let pass = 0; pass < passes; pass++) {
    for (let line = 0; line < size; line++) {
      line121(out, start + line * row, 3, size);
      line121(out, start + line * 3, row, size);
    }
  }
}

function line121(out: Uint8Array, first: number, stride: number, count: number): void {
  for (let channel = 0; channel < 3; channel++) {
    let o = first + channel;
    let before = out[o] as number;
    let here = before;
    for (let i = 0; i < count; i++, o += stride) {
      const after = i + 1 < count ? (out[o + stride] as number) : here;
      out[o] = (before + 2 * here + after + 2) >> 2;
      before = here;
      here = after;
    }
  }
}

/** Enlarged from a smaller picture: blocks of 2 or 3 pixels become their mean. */
function pixelate(out: Uint8Array, start: number, size: number, rng: Rng): void {
  const cell = 2 + rng.int(2);
  for (let y = 0; y + cell <= size; y += cell) {
    for (let x = 0; x + cell <= size; x += cell) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        const o = start + (y * size + x) * 3 + channel;
        for (let v = 0; v < cell; v++)
          for (let u = 0; u < cell; u++) sum += out[o + (v * size + u) * 3] as number;
        const mean = sum / (cell * cell);
        for (let v = 0; v < cell; v++) for (let u = 0; u < cell; u++) out[o + (v * size + u) * 3] = mean;
      }
    }
  }
}

/** Gain per channel, contrast, brightness, gamma and sometimes few steps, through one table per channel. */
function applyTone(
  out: Uint8Array,
  start: number,
  size: number,
  rng: Rng,
  strength: number,
  tint: number,
): void {
  const contrast = 1 + strength * rng.between(-0.35, 0.25);
  const brightness = strength * rng.between(-40, 30);
  const gamma = Math.exp(strength * rng.between(-0.35, 0.35));
  const stepSize = rng.chance(0.06) ? 255 / (3 + rng.int(6)) : 0;
  for (let v = 0; v < 256; v++) {
    curve[v] = (255 * (v / 255) ** gamma - 128) * contrast + 128 + brightness;
  }
  for (let channel = 0; channel < 3; channel++) {
    const gain = 1 + strength * rng.between(-tint, tint);
    for (let v = 0; v < 256; v++) {
      let t = (curve[v] as number) * gain;
      if (stepSize > 0) t = Math.round(t / stepSize) * stepSize;
      tone[channel * 256 + v] = Math.max(0, Math.min(255, t));
    }
  }
  for (let o = start, end = start + size * size * 3; o < end; o += 3) {
    out[o] = tone[out[o] as number] as number;
    out[o + 1] = tone[256 + (out[o + 1] as number)] as number;
    out[o + 2] = tone[512 + (out[o + 2] as number)] as number;
  }
}

function grey(out: Uint8Array, start: number, size: number): void {
  for (let o = start, end = start + size * size * 3; o < end; o += 3) {
    const v = (77 * (out[o] as number) + 150 * (out[o + 1] as number) + 29 * (out[o + 2] as number)) >> 8;
    out[o] = v;
    out[o + 1] = v;
    out[o + 2] = v;
  }
}

function addNoise(out: Uint8Array, start: number, size: number, rng: Rng, frame: number): void {
  const amplitude = rng.between(2, 16) / 32;
  let k = (rng.int(noise.length) + frame * 1657) & (noise.length - 1);
  const shared = rng.chance(0.4); // the same for R, G, B
  for (let o = start, end = start + size * size * 3; o < end; o += 3) {
    for (let channel = 0; channel < 3; channel++) {
      if (channel === 0 || !shared) k = (k + 1) & (noise.length - 1);
      const v = (out[o + channel] as number) + amplitude * (noise[k] as number);
      out[o + channel] = v < 0 ? 0 : Math.min(v, 255);
    }
    if ((k & 63) === 0) k = (k + 1 + (o & 31)) & (noise.length - 1);
  }
}
