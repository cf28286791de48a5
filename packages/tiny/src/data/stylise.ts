/**
 * Variants of a picture that take its style away, made once when pictures are packed: shading flattened to a few
 * colours, dark lines removed, lines drawn between regions; and the distance to the silhouette's edge, from which
 * outlines of any width are drawn later. All on premultiplied RGBA of `side`² pixels.
 */
import type { Rng } from './rng.ts';

/** Distance byte of a pixel on the edge; one source pixel is `distanceStep` away from the next value. */
export const distanceZero = 128;
export const distanceStep = 16;

const luma = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** Signed distance to the alpha=½ contour, inside positive, as bytes: 128 + 16·pixels, clamped. Chamfer 1, √2. */
export function silhouetteDistance(rgba: Uint8Array, side: number): Uint8Array {
  const n = side * side;
  const inside = new Float32Array(n);
  const outside = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const a = (rgba[i * 4 + 3] as number) / 255;
    inside[i] = a > 0.5 ? 1e3 : 0;
    outside[i] = a > 0.5 ? 0 : 1e3;
  }
  chamfer(inside, side);
  chamfer(outside, side);
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const a = (rgba[i * 4 + 3] as number) / 255;
    const din = inside[i] as number;
    const dout = outside[i] as number;
    // The edge passes through partly covered pixels; elsewhere count from the middle of the last pixel.
    const d = din > 0 ? din - 0.5 - (din <= 1 ? 1 - a : 0) : -(dout - 0.5) + (dout <= 1 ? a : 0);
    out[i] = Math.max(0, Math.min(255, Math.round(distanceZero + distanceStep * d)));
  }
  return out;
}

function chamfer(d: Float32Array, side: number): void {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= side || y >= side ? 1e3 : (d[y * side + x] as number);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const near = Math.min(
        at(x - 1, y) + 1,
        at(x, y - 1) + 1,
        at(x - 1, y - 1) + Math.SQRT2,
        at(x + 1, y - 1) + Math.SQRT2,
      );
      if (near < at(x, y)) d[y * side + x] = near;
    }
  }
  for (let y = side - 1; y >= 0; y--) {
    for (let x = side - 1; x >= 0; x--) {
      const near = Math.min(
        at(x + 1, y) + 1,
        at(x, y + 1) + 1,
        at(x + 1, y + 1) + Math.SQRT2,
        at(x - 1, y + 1) + Math.SQRT2,
      );
      if (near < at(x, y)) d[y * side + x] = near;
    }
  }
}

/** Flattens shading: k-means over the opaque colours, each pixel takes its cluster's colour, edges softened a little. */
export function flatten(rgba: Uint8Array, side: number, colours: number, rng: Rng): Uint8Array {
  const n = side * side;
  const smooth = edgePreservingSmooth(edgePreservingSmooth(rgba, side), side);
  const centres = seedCentres(smooth, n, colours, rng);
  const k = centres.length / 3;
  const label = new Uint8Array(n);
  for (let round = 0; round < 6; round++) {
    const sums = new Float64Array(k * 4);
    for (let i = 0; i < n; i++) {
      if ((smooth[i * 4 + 3] as number) < 8) continue;
      const c = nearest(smooth, i, centres, k);
      label[i] = c;
      for (let j = 0; j < 3; j++)
        sums[c * 4 + j] = (sums[c * 4 + j] as number) + (smooth[i * 4 + j] as number);
      sums[c * 4 + 3] = (sums[c * 4 + 3] as number) + (smooth[i * 4 + 3] as number) / 255;
    }
    for (let c = 0; c < k; c++) {
      const weight = sums[c * 4 + 3] as number;
      if (weight > 0) for (let j = 0; j < 3; j++) centres[c * 3 + j] = (sums[c * 4 + j] as number) / weight;
    }
  }
  const flat = new Uint8Array(n * 4);
  for (let i = 0; i < n; i++) {
    const a = rgba[i * 4 + 3] as number;
    const c = label[i] as number;
    for (let j = 0; j < 3; j++) flat[i * 4 + j] = Math.round(((centres[c * 3 + j] ?? 0) * a) / 255);
    flat[i * 4 + 3] = a;
  }
  return flat;
}

function unpremultiplied(rgba: Uint8Array, i: number, channel: number): number {
  const a = rgba[i * 4 + 3] as number;
  return a === 0 ? 0 : Math.min(255, ((rgba[i * 4 + channel] as number) * 255) / a);
}

function seedCentres(rgba: Uint8Array, n: number, colours: number, rng: Rng): Float64Array {
  // k-means++: the next seed is a pixel drawn by its squared distance to the seeds so far.
  const centres: number[] = [];
  const distance = new Float64Array(n).fill(1);
  for (let i = 0; i < n; i++) if ((rgba[i * 4 + 3] as number) < 128) distance[i] = 0;
  for (let c = 0; c < colours; c++) {
    let total = 0;
    for (let i = 0; i < n; i++) total += distance[i] as number;
    if (total <= 0) break;
    let left = rng.next() * total;
    let pixel = 0;
    for (; pixel < n - 1; pixel++) {
      left -= distance[pixel] as number;
      if (left <= 0) break;
    }
    const colour = [0, 1, 2].map((j) => unpremultiplied(rgba, pixel, j));
    centres.push(...colour);
    for (let i = 0; i < n; i++) {
      if ((rgba[i * 4 + 3] as number) < 128) continue;
      let d = 0;
      for (let j = 0; j < 3; j++) d += (unpremultiplied(rgba, i, j) - (colour[j] as number)) ** 2;
      distance[i] = c === 0 ? d : Math.min(distance[i] as number, d);
    }
  }
  return Float64Array.from(centres.length > 0 ? centres : [0, 0, 0]);
}

function nearest(rgba: Uint8Array, i: number, centres: Float64Array, k: number): number {
  const r = unpremultiplied(rgba, i, 0);
  const g = unpremultiplied(rgba, i, 1);
  const b = unpremultiplied(rgba, i, 2);
  let best = 0;
  let bestDistance = Infinity;
  for (let c = 0; c < k; c++) {
    const d =
      (r - (centres[c * 3] as number)) ** 2 +
      (g - (centres[c * 3 + 1] as number)) ** 2 +
      (b - (centres[c * 3 + 2] as number)) ** 2;
    if (d < bestDistance) {
      bestDistance = d;
      best = c;
    }
  }
  return best;
}

/** Mean of the 3×3 neighbours whose colour is close (sum of differences < 60): a sigma filter. */
function edgePreservingSmooth(rgba: Uint8Array, side: number): Uint8Array {
  const out = new Uint8Array(rgba.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = (y * side + x) * 4;
      let r = 0,
        g = 0,
        b = 0,
        count = 0;
      for (let v = Math.max(0, y - 1); v <= Math.min(side - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(side - 1, x + 1); u++) {
          const j = (v * side + u) * 4;
          const gap =
            Math.abs((rgba[j] as number) - (rgba[i] as number)) +
            Math.abs((rgba[j + 1] as number) - (rgba[i + 1] as number)) +
            Math.abs((rgba[j + 2] as number) - (rgba[i + 2] as number)) +
            Math.abs((rgba[j + 3] as number) - (rgba[i + 3] as number));
          if (gap >= 60) continue;
          r += rgba[j] as number;
          g += rgba[j + 1] as number;
          b += rgba[j + 2] as number;
          count++;
        }
      }
      out[i] = r / count;
      out[i + 1] = g / count;
      out[i + 2] = b / count;
      out[i + 3] = rgba[i + 3] as number;
    }
  }
  return out;
}

/**
 * Removes thin dark lines: a grey-scale closing (brightest, then darkest neighbour within `radius`) that moves whole
 * colours, restricted to the silhouette. Dark areas wider than the window stay.
 */
export function removeLines(rgba: Uint8Array, side: number, radius: number): Uint8Array {
  return extreme(extreme(rgba, rgba, side, radius, 1), rgba, side, radius, -1);
}

function extreme(
  rgba: Uint8Array,
  shape: Uint8Array,
  side: number,
  radius: number,
  sign: 1 | -1,
): Uint8Array {
  const out = new Uint8Array(rgba.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = y * side + x;
      const a = shape[i * 4 + 3] as number;
      out[i * 4 + 3] = a;
      if (a === 0) continue;
      let best = i;
      let bestValue = -Infinity;
      for (let v = Math.max(0, y - radius); v <= Math.min(side - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(side - 1, x + radius); u++) {
          if ((u - x) ** 2 + (v - y) ** 2 > radius * radius + 1) continue;
          const j = v * side + u;
          if ((shape[j * 4 + 3] as number) < 128) continue;
          const value =
            sign *
            luma(unpremultiplied(rgba, j, 0), unpremultiplied(rgba, j, 1), unpremultiplied(rgba, j, 2));
          if (value > bestValue) {
            bestValue = value;
            best = j;
          }
        }
      }
      for (let j = 0; j < 3; j++) out[i * 4 + j] = Math.round((unpremultiplied(rgba, best, j) * a) / 255);
    }
  }
  return out;
}

/** Takes the lineless picture near the silhouette's edge only: the outer contour goes, eyes and mouths stay. */
export function removeContour(rgba: Uint8Array, bare: Uint8Array, distance: Uint8Array): Uint8Array {
  const out = rgba.slice();
  for (let i = 0; i < distance.length; i++) {
    const depth = ((distance[i] as number) - distanceZero) / distanceStep;
    const share = Math.min(1, Math.max(0, 4.5 - depth));
    for (let j = 0; j < 3; j++) {
      const inner = rgba[i * 4 + j] as number;
      out[i * 4 + j] = Math.round(inner + ((bare[i * 4 + j] as number) - inner) * share);
    }
  }
  return out;
}

/** Draws dark lines where neighbouring colours differ and round the silhouette: a filled picture as line art. */
export function drawLines(rgba: Uint8Array, side: number, distance: Uint8Array): Uint8Array {
  const out = rgba.slice();
  const value = (x: number, y: number, j: number): number =>
    rgba[(Math.min(side - 1, Math.max(0, y)) * side + Math.min(side - 1, Math.max(0, x))) * 4 + j] as number;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = (y * side + x) * 4;
      const a = rgba[i + 3] as number;
      if (a === 0) continue;
      let edge = 0;
      for (let j = 0; j < 3; j++) {
        const dx = value(x + 1, y, j) - value(x - 1, y, j);
        const dy = value(x, y + 1, j) - value(x, y - 1, j);
        edge = Math.max(edge, dx * dx + dy * dy);
      }
      const inner = Math.min(1, Math.max(0, (Math.sqrt(edge) - 40) / 60));
      const depth = ((distance[y * side + x] as number) - distanceZero) / distanceStep;
      const outer = Math.min(1, Math.max(0, 2.6 - depth));
      const keep = 1 - 0.92 * Math.max(inner, outer);
      for (let j = 0; j < 3; j++) out[i + j] = Math.round((out[i + j] as number) * keep);
    }
  }
  return out;
}
