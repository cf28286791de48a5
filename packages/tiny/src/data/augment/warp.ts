/**
 * Draws one picture into an RGB image through an inverse projective map, in one pass: bilinear from the mip level that
 * fits the scale, colour matrix, silhouette (shrink, outline), alpha compositing. Allocates nothing.
 */

import { levelStart, levels, side } from '../layout.ts';
import type { Pictures } from '../pictures.ts';
import type { Rng } from '../rng.ts';
import { distanceStep, distanceZero } from '../stylise.ts';

export interface Draw {
  /** Picture number (`Pictures.slot`) and variant (`layout.variants`). */
  slot: number;
  variant: number;
  /** Output pixel (x, y) → source (a·x + b·y + c, d·x + e·y + f) / (g·x + h·y + 1), source pixels of level 0. */
  map: Float64Array;
  /** Row-major 3×4 colour matrix in 1/256: R' = m0·R + m1·G + m2·B + m3·A. */
  colour: Int32Array;
  /** 0…256: how opaque the picture is. */
  opacity: number;
  /** Pixels taken off the silhouette. 0 = as it is. */
  shrink: number;
  /** Width of an outline round the silhouette in source pixels, 0 = none, and its colour. */
  outline: number;
  outlineRgb: Int32Array;
  /** Added to the mip level the scale asks for. */
  levelBias: number;
  /** Bends the picture: displacement in source pixels by output column and row; all zero = straight. */
  bend: Bend;
}

/** `uColumn[x] + uRow[y]` is added to the source's u, `vColumn[x] + vRow[y]` to its v. */
export interface Bend {
  uColumn: Float32Array;
  uRow: Float32Array;
  vColumn: Float32Array;
  vRow: Float32Array;
}

export function makeDraw(size: number): Draw {
  return {
    slot: 0,
    variant: 0,
    map: new Float64Array(8),
    colour: Int32Array.of(256, 0, 0, 0, 0, 256, 0, 0, 0, 0, 256, 0),
    opacity: 256,
    shrink: 0,
    outline: 0,
    outlineRgb: new Int32Array(3),
    levelBias: 0,
    bend: {
      uColumn: new Float32Array(size),
      uRow: new Float32Array(size),
      vColumn: new Float32Array(size),
      vRow: new Float32Array(size),
    },
  };
}

/** Bends along one or two slow waves in each direction, up to `amplitude` source pixels each; 0 straightens. */
export function bendRandomly(bend: Bend, amplitude: number, rng: Rng): void {
  const size = bend.uRow.length;
  for (const table of [bend.uColumn, bend.uRow, bend.vColumn, bend.vRow]) {
    const height = rng.between(-amplitude, amplitude);
    const frequency = (2 * Math.PI * rng.between(0.4, 1.3)) / size;
    const phase = rng.between(0, 2 * Math.PI);
    const middle = Math.sin((frequency * size) / 2 + phase);
    for (let i = 0; i < size; i++) table[i] = height * (Math.sin(frequency * i + phase) - middle);
  }
}

export interface Placement {
  /** Centre in output pixels. */
  x: number;
  y: number;
  /** Length of the picture's side in output pixels, along its own axes. */
  width: number;
  height: number;
  /** Radians, counter-clockwise as seen. */
  rotation: number;
  shear: number;
  flip: boolean;
  /** Perspective: how much 1/depth changes across the output, about ±0.3. */
  tiltX: number;
  tiltY: number;
}

/** Fills `map` with the inverse of a placement. */
export function placementMap(p: Placement, size: number, map: Float64Array): void {
  const cos = Math.cos(p.rotation);
  const sin = Math.sin(p.rotation);
  const sx = ((p.flip ? -1 : 1) * side) / p.width;
  const sy = side / p.height;
  // source − centre = S · shear · R⁻¹ · (output − centre)
  const a = sx * (cos + p.shear * sin);
  const b = sx * (-sin + p.shear * cos);
  const d = sy * sin;
  const e = sy * cos;
  const g = p.tiltX / size;
  const h = p.tiltY / size;
  // Perspective about the placement's centre: w = 1 + g(x − X) + h(y − Y), normalised so that the constant is 1.
  const w = 1 - g * p.x - h * p.y;
  const half = side / 2;
  map[0] = (a + half * g) / w;
  map[1] = (b + half * h) / w;
  map[2] = (-a * p.x - b * p.y + half * w) / w;
  map[3] = (d + half * g) / w;
  map[4] = (e + half * h) / w;
  map[5] = (-d * p.x - e * p.y + half * w) / w;
  map[6] = g / w;
  map[7] = h / w;
}

/** Draws over what `out` holds: `size`² RGB from byte `start`. */
export function drawPicture(
  out: Uint8Array,
  start: number,
  size: number,
  pictures: Pictures,
  draw: Draw,
): void {
  const map = draw.map;
  const [a, b, c] = [map[0] as number, map[1] as number, map[2] as number];
  const [d, e, f] = [map[3] as number, map[4] as number, map[5] as number];
  const [g, h] = [map[6] as number, map[7] as number];
  const m = draw.colour;
  const [m0, m1, m2, m3] = [m[0] as number, m[1] as number, m[2] as number, m[3] as number];
  const [m4, m5, m6, m7] = [m[4] as number, m[5] as number, m[6] as number, m[7] as number];
  const [m8, m9, m10, m11] = [m[8] as number, m[9] as number, m[10] as number, m[11] as number];
  const scale = Math.sqrt(Math.abs(a * e - b * d));
  const wanted = Math.round(Math.log2(Math.max(1, scale)) - 0.15 + draw.levelBias);
  const level = Math.max(0, Math.min(levels - 1, wanted));
  const width = side >> level;
  const shrinkLevel = 1 / (1 << level);
  const base = pictures.wordStart(draw.slot, draw.variant) + (levelStart[level] as number);
  const words = pictures.words;
  const silhouette = draw.shrink > 0 || draw.outline > 0;
  const opacity = draw.opacity | 0;
  const last = width - 1;
  const { uColumn, uRow, vColumn, vRow } = draw.bend;
  for (let y = 0; y < size; y++) {
    const rowU = b * (y + 0.5) + c;
    const rowV = e * (y + 0.5) + f;
    const rowW = h * (y + 0.5) + 1;
    const bendU = (uRow[y] as number) * shrinkLevel - 0.5;
    const bendV = (vRow[y] as number) * shrinkLevel - 0.5;
    let o = start + y * size * 3;
    for (let x = 0; x < size; x++, o += 3) {
      const px = x + 0.5;
      const w = shrinkLevel / (g * px + rowW);
      const u = (a * px + rowU) * w + bendU + (uColumn[x] as number) * shrinkLevel;
      const v = (d * px + rowV) * w + bendV + (vColumn[x] as number) * shrinkLevel;
      // Pictures have a transparent margin, so the outermost half pixel need not be blended with nothing.
      if (!(u >= 0 && v >= 0 && u < last && v < last)) continue;
      const iu = u | 0;
      const iv = v | 0;
      const k = base + Math.imul(iv, width) + iu;
      const p00 = words[k] as number;
      const p10 = words[k + 1] as number;
      const p01 = words[k + width] as number;
      const p11 = words[k + width + 1] as number;
      if ((p00 | p10 | p01 | p11) === 0 && !silhouette) continue;
      const fu = ((u - iu) * 256) | 0;
      const fv = ((v - iv) * 256) | 0;
      const w11 = Math.imul(fu, fv) >> 8;
      const w10 = fu - w11;
      const w01 = fv - w11;
      const w00 = 256 - fu - w01;
      // Two channels at a time: R and B in the even bytes, G and A in the odd ones. The weights sum to 256.
      let rb = Math.imul(p00 & 0xff00ff, w00);
      rb = (rb + Math.imul(p10 & 0xff00ff, w10)) | 0;
      rb = (rb + Math.imul(p01 & 0xff00ff, w01)) | 0;
      rb = (rb + Math.imul(p11 & 0xff00ff, w11)) | 0;
      let ga = Math.imul((p00 >>> 8) & 0xff00ff, w00);
      ga = (ga + Math.imul((p10 >>> 8) & 0xff00ff, w10)) | 0;
      ga = (ga + Math.imul((p01 >>> 8) & 0xff00ff, w01)) | 0;
      ga = (ga + Math.imul((p11 >>> 8) & 0xff00ff, w11)) | 0;
      const r = (rb >>> 8) & 255;
      const bl = (rb >>> 24) & 255;
      const gr = (ga >>> 8) & 255;
      let alpha = (ga >>> 24) & 255;
      let R = (Math.imul(m0, r) + Math.imul(m1, gr) + Math.imul(m2, bl) + Math.imul(m3, alpha)) >> 8;
      let G = (Math.imul(m4, r) + Math.imul(m5, gr) + Math.imul(m6, bl) + Math.imul(m7, alpha)) >> 8;
      let B = (Math.imul(m8, r) + Math.imul(m9, gr) + Math.imul(m10, bl) + Math.imul(m11, alpha)) >> 8;
      R = Math.max(0, Math.min(R, alpha));
      G = Math.max(0, Math.min(G, alpha));
      B = Math.max(0, Math.min(B, alpha));
      if (silhouette) {
        const depth = depthAt(
          pictures.bytes,
          pictures.distanceByte(draw.slot),
          (u + 0.5) / shrinkLevel,
          (v + 0.5) / shrinkLevel,
        );
        // Soft edges, one output pixel wide.
        const slope = 256 / Math.max(1, scale);
        if (draw.shrink > 0) {
          const keep = cover((depth - draw.shrink) * slope);
          R = (R * keep) >> 8;
          G = (G * keep) >> 8;
          B = (B * keep) >> 8;
          alpha = (alpha * keep) >> 8;
        }
        if (draw.outline > 0) {
          // Under the picture lies its grown silhouette in the outline's colour.
          const under = ((255 - alpha) * cover((depth + draw.outline) * slope)) >> 8;
          const ink = draw.outlineRgb;
          R += (under * (ink[0] as number)) >> 8;
          G += (under * (ink[1] as number)) >> 8;
          B += (under * (ink[2] as number)) >> 8;
          alpha += under;
        }
      }
      if (opacity < 256) {
        R = (R * opacity) >> 8;
        G = (G * opacity) >> 8;
        B = (B * opacity) >> 8;
        alpha = (alpha * opacity) >> 8;
      }
      // x/255 ≈ (x·257 + 257) >> 16 for 0…65025
      const back = Math.imul(255 - alpha, 257);
      out[o] = R + ((Math.imul(back, out[o] as number) + 257) >> 16);
      out[o + 1] = G + ((Math.imul(back, out[o + 1] as number) + 257) >> 16);
      out[o + 2] = B + ((Math.imul(back, out[o + 2] as number) + 257) >> 16);
    }
  }
}

/** Distance into the silhouette at a place in level 0, in source pixels; negative outside. */
function depthAt(bytes: Uint8Array, first: number, u: number, v: number): number {
  const du = Math.max(0, Math.min(side - 1.001, u - 0.5));
  const dv = Math.max(0, Math.min(side - 1.001, v - 0.5));
  const iu = du | 0;
  const iv = dv | 0;
  const fu = du - iu;
  const k = first + iv * side + iu;
  const top = (bytes[k] as number) * (1 - fu) + (bytes[k + 1] as number) * fu;
  const bottom = (bytes[k + side] as number) * (1 - fu) + (bytes[k + side + 1] as number) * fu;
  return (top + (bottom - top) * (dv - iv) - distanceZero) / distanceStep;
}

/** Coverage 0…256 from a distance in 1/256 output pixels, ½ on the edge. */
function cover(distance: number): number {
  return Math.max(0, Math.min(256, distance + 128)) | 0;
}
