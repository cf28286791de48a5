/**
 * Draws one picture into an RGB image through an inverse projective map, in one pass: bilinear from the mip level that
 * fits the scale, colour matrix, silhouette (shrink, outline), alpha compositing. Allocates nothing.
 */

import { levelStart, levels, side } from '../layout.ts';
import type { Pictures } from '../pictures.ts';
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
}

export function makeDraw(): Draw {
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
  };
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
  const [a, b, c, d, e, f, g, h] = draw.map as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = draw.colour as unknown as number[] & {
    length: 12;
  } as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const scale = Math.sqrt(Math.abs(a * e - b * d));
  const level = Math.max(
    0,
    Math.min(levels - 1, Math.round(Math.log2(Math.max(1, scale)) - 0.15 + draw.levelBias)),
  );
  const width = side >> level;
  const shrinkLevel = 1 / (1 << level);
  const base = pictures.wordStart(draw.slot, draw.variant) + (levelStart[level] as number);
  const words = pictures.words;
  const bytes = pictures.bytes;
  const distance = pictures.distanceByte(draw.slot);
  const silhouette = draw.shrink > 0 || draw.outline > 0;
  const innerCut = distanceZero + distanceStep * draw.shrink;
  const outerCut = distanceZero - distanceStep * draw.outline;
  // Soft edge of the silhouette: one output pixel wide.
  const slope = 256 / (distanceStep * Math.max(1, scale));
  const [or, og, ob] = draw.outlineRgb as unknown as [number, number, number];
  const opacity = draw.opacity;
  const last = width - 1;
  const margin = -1;
  let o = start;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++, o += 3) {
      const px = x + 0.5;
      const py = y + 0.5;
      const w = 1 / (g * px + h * py + 1);
      const u0 = (a * px + b * py + c) * w;
      const v0 = (d * px + e * py + f) * w;
      const u = u0 * shrinkLevel - 0.5;
      const v = v0 * shrinkLevel - 0.5;
      if (!(u > margin && v > margin && u < width && v < width)) continue;
      const iu = Math.floor(u);
      const iv = Math.floor(v);
      const fu = ((u - iu) * 256) | 0;
      const fv = ((v - iv) * 256) | 0;
      const p00 = iu >= 0 && iv >= 0 ? (words[base + iv * width + iu] as number) : 0;
      const p10 = iu < last && iv >= 0 ? (words[base + iv * width + iu + 1] as number) : 0;
      const p01 = iu >= 0 && iv < last ? (words[base + iv * width + width + iu] as number) : 0;
      const p11 = iu < last && iv < last ? (words[base + iv * width + width + iu + 1] as number) : 0;
      if ((p00 | p10 | p01 | p11) === 0 && !silhouette) continue;
      const w11 = (fu * fv) >> 8;
      const w10 = fu - w11;
      const w01 = fv - w11;
      const w00 = 256 - fu - w01;
      // Two channels at a time: R and B in the even bytes, G and A in the odd ones. The weights sum to 256.
      const rb =
        ((Math.imul(p00 & 0xff00ff, w00) +
          Math.imul(p10 & 0xff00ff, w10) +
          Math.imul(p01 & 0xff00ff, w01) +
          Math.imul(p11 & 0xff00ff, w11)) >>>
          8) &
        0xff00ff;
      const ga =
        ((Math.imul((p00 >>> 8) & 0xff00ff, w00) +
          Math.imul((p10 >>> 8) & 0xff00ff, w10) +
          Math.imul((p01 >>> 8) & 0xff00ff, w01) +
          Math.imul((p11 >>> 8) & 0xff00ff, w11)) >>>
          8) &
        0xff00ff;
      const r = rb & 255;
      const bl = rb >>> 16;
      const gr = ga & 255;
      let alpha = ga >>> 16;
      let R = (m0 * r + m1 * gr + m2 * bl + m3 * alpha) >> 8;
      let G = (m4 * r + m5 * gr + m6 * bl + m7 * alpha) >> 8;
      let B = (m8 * r + m9 * gr + m10 * bl + m11 * alpha) >> 8;
      R = R < 0 ? 0 : Math.min(R, alpha);
      G = G < 0 ? 0 : Math.min(G, alpha);
      B = B < 0 ? 0 : Math.min(B, alpha);
      if (silhouette) {
        const du = u0 - 0.5;
        const dv = v0 - 0.5;
        const ju = du < 0 ? 0 : du > side - 2 ? side - 2 : du | 0;
        const jv = dv < 0 ? 0 : dv > side - 2 ? side - 2 : dv | 0;
        const gu = du - ju;
        const gv = dv - jv;
        const k = distance + jv * side + ju;
        const top = (bytes[k] as number) * (1 - gu) + (bytes[k + 1] as number) * gu;
        const bottom = (bytes[k + side] as number) * (1 - gu) + (bytes[k + side + 1] as number) * gu;
        const depth = top * (1 - gv) + bottom * gv;
        if (draw.shrink > 0) {
          const keep = cover((depth - innerCut) * slope);
          R = (R * keep) >> 8;
          G = (G * keep) >> 8;
          B = (B * keep) >> 8;
          alpha = (alpha * keep) >> 8;
        }
        if (draw.outline > 0) {
          // Under the picture lies its grown silhouette in the outline's colour.
          const under = ((255 - alpha) * cover((depth - outerCut) * slope)) >> 8;
          R += (under * or) >> 8;
          G += (under * og) >> 8;
          B += (under * ob) >> 8;
          alpha += under;
        }
      }
      if (alpha === 0) continue;
      if (opacity < 256) {
        R = (R * opacity) >> 8;
        G = (G * opacity) >> 8;
        B = (B * opacity) >> 8;
        alpha = (alpha * opacity) >> 8;
      }
      // x/255 ≈ (x·257 + 257) >> 16 for 0…65025
      const back = 255 - alpha;
      out[o] = R + ((back * (out[o] as number) * 257 + 257) >> 16);
      out[o + 1] = G + ((back * (out[o + 1] as number) * 257 + 257) >> 16);
      out[o + 2] = B + ((back * (out[o + 2] as number) * 257 + 257) >> 16);
    }
  }
}

/** Coverage 0…256 from a distance in 1/256 output pixels, ½ on the edge. */
function cover(distance: number): number {
  const c = distance + 128;
  return c < 0 ? 0 : Math.min(c, 256);
}
