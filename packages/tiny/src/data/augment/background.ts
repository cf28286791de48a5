/** Backgrounds: plain to busy. Each fills `size`² RGB from byte `start`; none allocates. */
import { side } from '../layout.ts';
import type { Pictures } from '../pictures.ts';
import type { Rng } from '../rng.ts';
import { type Draw, drawPicture } from './warp.ts';

type Painter = (context: BackgroundContext) => void;

export interface BackgroundContext {
  out: Uint8Array;
  start: number;
  size: number;
  rng: Rng;
  pictures: Pictures;
  draw: Draw;
}

/** Random colours, three per context, refilled by `colour`. */
const palette = new Float64Array(12);

/** Writes a random colour at palette[index·3…]: light, dark, grey or saturated. */
function colour(rng: Rng, index: number): void {
  const kind = rng.next();
  const grey = rng.int(256);
  for (let j = 0; j < 3; j++) {
    const v = rng.next();
    palette[index * 3 + j] =
      kind < 0.2
        ? grey
        : kind < 0.5
          ? 200 + 55 * v
          : kind < 0.62
            ? 60 * v
            : kind < 0.8
              ? 255 * (v > 0.5 ? 1 - 0.3 * (1 - v) : 0.4 * v)
              : 255 * v;
  }
}

function set(out: Uint8Array, o: number, t: number, from: number, to: number): void {
  for (let j = 0; j < 3; j++) {
    const p = palette[from * 3 + j] as number;
    out[o + j] = p + ((palette[to * 3 + j] as number) - p) * t;
  }
}

function fill({ out, start, size }: BackgroundContext, r: number, g: number, b: number): void {
  for (let o = start, end = start + size * size * 3; o < end; o += 3) {
    out[o] = r;
    out[o + 1] = g;
    out[o + 2] = b;
  }
}

const white: Painter = (c) => fill(c, 255, 255, 255);

const nearWhite: Painter = (c) => {
  const v = 225 + c.rng.int(31);
  fill(c, v - c.rng.int(12), v - c.rng.int(12), v - c.rng.int(12));
};

const solid: Painter = (c) => {
  colour(c.rng, 0);
  fill(c, palette[0] as number, palette[1] as number, palette[2] as number);
};

/** A function of the position along a random direction, 0…1, blends two colours. */
function directional(c: BackgroundContext, shape: (t: number) => number): void {
  colour(c.rng, 0);
  colour(c.rng, 1);
  const angle = c.rng.between(0, 2 * Math.PI);
  const dx = Math.cos(angle) / c.size;
  const dy = Math.sin(angle) / c.size;
  const t0 = 0.5 - (dx + dy) * c.size * 0.5;
  let o = c.start;
  for (let y = 0; y < c.size; y++) {
    for (let x = 0; x < c.size; x++, o += 3) set(c.out, o, shape(t0 + dx * x + dy * y), 0, 1);
  }
}

const gradient: Painter = (c) => directional(c, (t) => (t < 0 ? 0 : Math.min(t, 1)));

const twoTone: Painter = (c) => {
  const cut = c.rng.between(0.3, 0.7);
  directional(c, (t) => (t < cut ? 0 : 1));
};

const stripes: Painter = (c) => {
  const count = c.rng.between(2, 9);
  directional(c, (t) => (t * count - Math.floor(t * count) < 0.5 ? 0 : 1));
};

const checker: Painter = (c) => {
  colour(c.rng, 0);
  colour(c.rng, 1);
  const cell = c.rng.between(4, 20);
  const x0 = c.rng.int(64);
  const y0 = c.rng.int(64);
  let o = c.start;
  for (let y = 0; y < c.size; y++) {
    for (let x = 0; x < c.size; x++, o += 3)
      set(c.out, o, (Math.floor((x + x0) / cell) + Math.floor((y + y0) / cell)) & 1, 0, 1);
  }
};

const grid = new Float64Array(17 * 17 * 3);

/** Value noise: a coarse random grid, smoothly enlarged. */
const clouds: Painter = (c) => {
  const cells = 2 + c.rng.int(11);
  colour(c.rng, 0);
  colour(c.rng, 1);
  for (let i = 0; i < (cells + 1) ** 2; i++) grid[i] = c.rng.next();
  let o = c.start;
  for (let y = 0; y < c.size; y++) {
    const v = (y * cells) / c.size;
    const iv = Math.floor(v);
    const fv = v - iv;
    for (let x = 0; x < c.size; x++, o += 3) {
      const u = (x * cells) / c.size;
      const iu = Math.floor(u);
      const fu = u - iu;
      const k = iv * (cells + 1) + iu;
      const top = (grid[k] as number) * (1 - fu) + (grid[k + 1] as number) * fu;
      const bottom = (grid[k + cells + 1] as number) * (1 - fu) + (grid[k + cells + 2] as number) * fu;
      set(c.out, o, top * (1 - fv) + bottom * fv, 0, 1);
    }
  }
};

/** Independent grains round one colour. */
const grain: Painter = (c) => {
  colour(c.rng, 0);
  colour(c.rng, 1);
  const spread = c.rng.between(0.1, 0.6);
  let o = c.start;
  for (let i = 0; i < c.size * c.size; i++, o += 3) set(c.out, o, spread * c.rng.next(), 0, 1);
};

/** Another picture, far too near: as a texture (sharp) or out of focus (from the coarsest levels). */
function magnified(c: BackgroundContext, zoomLow: number, zoomHigh: number, levelBias: number): void {
  nearWhiteOrColour(c);
  const { draw, rng, size } = c;
  draw.slot = rng.int(c.pictures.words.length / (c.pictures.wordStart(1, 0) || 1));
  draw.variant = 0;
  const zoom = (rng.between(zoomLow, zoomHigh) * side) / size;
  const angle = rng.between(0, 2 * Math.PI);
  const m = draw.map;
  m[0] = Math.cos(angle) * zoom;
  m[1] = -Math.sin(angle) * zoom;
  m[3] = -(m[1] as number);
  m[4] = m[0] as number;
  const h = size / 2;
  m[2] = side * rng.between(0.35, 0.65) - (m[0] as number) * h - (m[1] as number) * h;
  m[5] = side * rng.between(0.35, 0.65) - (m[3] as number) * h - (m[4] as number) * h;
  m[6] = 0;
  m[7] = 0;
  draw.colour.fill(0);
  draw.colour[0] = 256;
  draw.colour[5] = 256;
  draw.colour[10] = 256;
  draw.opacity = 256;
  draw.shrink = 0;
  draw.outline = 0;
  draw.levelBias = levelBias;
  for (const table of Object.values(draw.bend)) table.fill(0);
  drawPicture(c.out, c.start, size, c.pictures, draw);
}

function nearWhiteOrColour(c: BackgroundContext): void {
  if (c.rng.chance(0.3)) nearWhite(c);
  else solid(c);
}

const texture: Painter = (c) => magnified(c, 0.15, 0.4, 0);
const outOfFocus: Painter = (c) => magnified(c, 0.5, 0.9, 3);

/** Kept for evaluation: a few half-planes of different colour on top of each other. */
const patches: Painter = (c) => {
  solid(c);
  for (let n = 2 + c.rng.int(3); n > 0; n--) {
    colour(c.rng, 0);
    const angle = c.rng.between(0, 2 * Math.PI);
    const dx = Math.cos(angle);
    const dy = Math.sin(angle);
    const cut = c.size * c.rng.between(0.1, 0.45);
    let o = c.start;
    for (let y = 0; y < c.size; y++) {
      for (let x = 0; x < c.size; x++, o += 3) {
        if (dx * (x - c.size / 2) + dy * (y - c.size / 2) > cut) set(c.out, o, 0, 0, 0);
      }
    }
  }
};

export type BackgroundFamily = 'training' | 'evaluation';

const families: Record<BackgroundFamily, readonly (readonly [weight: number, Painter])[]> = {
  training: [
    [0.26, white],
    [0.12, nearWhite],
    [0.16, solid],
    [0.1, gradient],
    [0.05, twoTone],
    [0.05, stripes],
    [0.04, checker],
    [0.07, clouds],
    [0.03, grain],
    [0.06, texture],
    [0.06, outOfFocus],
  ],
  evaluation: [
    [0.3, white],
    [0.7, patches],
  ],
};

/** Fills the picture with a background of the family, drawn by its weights. */
export function paintBackground(context: BackgroundContext, family: BackgroundFamily): void {
  let left = context.rng.next();
  const list = families[family];
  const drawn = list.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  (drawn ?? list[0])?.[1](context);
}
