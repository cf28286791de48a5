/**
 * Turns things into training pictures. Every sample is a function of the Rng it is given, so seeding that with
 * (seed, epoch, index) makes it reproducible. Nothing is allocated per sample.
 */
import type { Pictures } from '../pictures.ts';
import type { Rng } from '../rng.ts';
import { traits } from '../traits.ts';
import { type BackgroundContext, type BackgroundFamily, paintBackground } from './background.ts';
import { finish } from './finish.ts';
import type { Scene } from './scene.ts';
import { bendRandomly, type Draw, drawPicture, makeDraw, type Placement, placementMap } from './warp.ts';

const degrees = Math.PI / 180;

/** How a thing stands in one frame. */
export interface Pose {
  /** Centre, as parts of the picture's side. */
  readonly x: number;
  readonly y: number;
  /** Side of the thing's picture, as a part of the whole one's. */
  readonly width: number;
  /** Radians, counter-clockwise as seen. */
  readonly rotation: number;
  /** 0 = away, 1 = there. */
  readonly opacity: number;
}

export class Augmenter {
  readonly size: number;
  readonly pictures: Pictures;
  readonly #draw: Draw;
  readonly #placement: Placement = {
    x: 0,
    y: 0,
    width: 1,
    height: 1,
    rotation: 0,
    shear: 0,
    flip: false,
    tiltX: 0,
    tiltY: 0,
  };
  readonly #context: BackgroundContext;

  /** `size`: side of the pictures made, even. */
  constructor(pictures: Pictures, size: number, rng: Rng) {
    this.pictures = pictures;
    this.size = size;
    this.#draw = makeDraw(size);
    this.#context = { out: new Uint8Array(0), start: 0, size, rng, pictures, draw: this.#draw };
  }

  /**
   * One thing on a background, as `size`² RGB at byte `start` of `out`.
   * `strength` 0 = as it is, on white; 1 = as tuned; up to 1.2. `keepColour`: no change of hue, no grey.
   */
  single(
    out: Uint8Array,
    start: number,
    thing: number,
    style: number,
    rng: Rng,
    strength: number,
    family: BackgroundFamily = 'training',
    keepColour = false,
  ): void {
    this.#begin(out, start, rng, family, strength);
    const { size } = this;
    if (rng.chance(0.07 * strength)) this.#distractor(out, start, rng, strength);
    const zoomed = rng.chance(0.12 * strength); // partly outside the picture
    const scale = 1 + strength * (zoomed ? rng.between(0.15, 0.5) : rng.between(-0.45, 0.15));
    const slack = Math.max(0.06, 1 - scale) * 0.55 * strength + (zoomed ? 0.12 : 0.02);
    this.#place(
      rng,
      thing,
      strength,
      size * (0.5 + rng.between(-slack, slack)),
      size * (0.5 + rng.between(-slack, slack)),
      size * scale,
      traits[thing]?.flip ?? false,
    );
    this.#look(rng, thing, style, strength, keepColour);
    drawPicture(out, start, size, this.pictures, this.#draw);
    finish(out, start, size, rng, strength, keepColour || (traits[thing]?.colour ?? false));
  }

  /** A scene of one to three things side by side (scene.ts). Left and right stay what they are. */
  scene(
    out: Uint8Array,
    start: number,
    scene: Scene,
    rng: Rng,
    strength: number,
    family: BackgroundFamily = 'training',
  ): void {
    const first = scene.items[0];
    if (scene.kind === 'single' && first) {
      this.single(out, start, first.thing, first.style, rng, strength, family, scene.keepColour);
      return;
    }
    this.#begin(out, start, rng, family, strength);
    const { size } = this;
    const alike = rng.chance(0.7); // the same look for all
    const lookSeed = rng.bits();
    for (const item of scene.items) {
      const jitter = 0.04 * strength;
      const x = size * (item.x + rng.between(-jitter, jitter));
      const y = size * (item.y + rng.between(-jitter, jitter));
      const width = size * item.width * rng.between(1 - 0.15 * strength, 1);
      this.#place(rng, item.thing, strength * 0.6, x, y, width, traits[item.thing]?.flip ?? false);
      if (alike && scene.kind === 'count')
        this.#look(secondStream(rng, lookSeed), item.thing, item.style, strength);
      else this.#look(rng, item.thing, item.style, strength);
      drawPicture(out, start, size, this.pictures, this.#draw);
    }
    finish(out, start, size, rng, strength * 0.8);
  }

  /**
   * One thing in pose after pose, with one look before one background: `poses.length` × `size`² RGB from byte `start`.
   * Only the noise differs from frame to frame.
   */
  frames(
    out: Uint8Array,
    start: number,
    thing: number,
    style: number,
    poses: readonly Pose[],
    rng: Rng,
    strength: number,
    family: BackgroundFamily = 'training',
  ): void {
    const { size } = this;
    const bytes = size * size * 3;
    this.#begin(out, start, rng, family, strength, poses.length);
    if (rng.chance(0.07 * strength)) this.#distractor(out, start, rng, strength);
    for (let k = 1; k < poses.length; k++) out.copyWithin(start + k * bytes, start, start + bytes);
    this.#place(rng, thing, strength, 0, 0, size, traits[thing]?.flip ?? false);
    this.#look(rng, thing, style, strength);
    const finishSeed = rng.bits();
    const p = this.#placement;
    const { width, height } = p;
    const { opacity } = this.#draw;
    for (const [k, pose] of poses.entries()) {
      p.x = size * pose.x;
      p.y = size * pose.y;
      p.width = width * pose.width;
      p.height = height * pose.width;
      p.rotation = pose.rotation;
      placementMap(p, size, this.#draw.map);
      this.#draw.opacity = Math.round(opacity * pose.opacity);
      const frame = start + k * bytes;
      if (this.#draw.opacity > 0) drawPicture(out, frame, size, this.pictures, this.#draw);
      const alike = secondStream(rng, finishSeed);
      finish(out, frame, size, alike, strength, traits[thing]?.colour ?? false, k);
    }
  }

  #begin(
    out: Uint8Array,
    start: number,
    rng: Rng,
    family: BackgroundFamily,
    strength: number,
    frames = 1,
  ): void {
    const bytes = this.size * this.size * 3 * frames;
    if (start < 0 || start + bytes > out.length)
      throw new RangeError(`augment: ${bytes} bytes at ${start} do not fit in ${out.length}`);
    this.#context.out = out;
    this.#context.start = start;
    this.#context.rng = rng;
    if (strength === 0) out.fill(255, start, start + bytes);
    else paintBackground(this.#context, family);
  }

  /** Something small of another kind, near a corner, that the name is not about. */
  #distractor(out: Uint8Array, start: number, rng: Rng, strength: number): void {
    const { pictures, size } = this;
    const thing = rng.int(traits.length);
    const style = rng.int(pictures.styles.length);
    if (pictures.slot(style, thing) < 0) return;
    const x = rng.chance(0.5) ? 0.05 : 0.95;
    const y = rng.chance(0.5) ? 0.05 : 0.95;
    this.#place(rng, thing, strength, size * x, size * y, size * rng.between(0.2, 0.35), true);
    this.#look(rng, thing, style, strength);
    drawPicture(out, start, size, pictures, this.#draw);
  }

  #place(
    rng: Rng,
    thing: number,
    strength: number,
    x: number,
    y: number,
    length: number,
    mayFlip: boolean,
  ): void {
    const p = this.#placement;
    const limit = traits[thing]?.rotation ?? 0;
    // Most pictures are nearly upright: a triangular distribution.
    const turn = (rng.next() + rng.next() - 1) * limit * strength;
    const aspect = Math.exp(strength * rng.between(-0.18, 0.18));
    p.x = x;
    p.y = y;
    p.width = length * aspect;
    p.height = length / aspect;
    p.rotation = turn * degrees;
    p.shear = limit < 10 ? 0 : strength * rng.between(-0.15, 0.15);
    p.flip = rng.chance(0.5) && mayFlip && strength > 0;
    const tilted = rng.chance(0.3);
    const tilt = tilted ? 0.3 * strength : 0;
    p.tiltX = rng.between(-tilt, tilt);
    p.tiltY = rng.between(-tilt, tilt);
    placementMap(p, this.size, this.#draw.map);
    const bent = rng.chance(0.6);
    bendRandomly(this.#draw.bend, bent ? strength * (limit < 35 ? 1.2 : 4) : 0, rng);
  }

  /** Variant, colours, outline. Always draws the same number of random values. */
  #look(rng: Rng, thing: number, style: number, strength: number, fixedColour = false): void {
    const draw = this.#draw;
    const slot = this.pictures.slot(style, thing);
    if (slot < 0)
      throw new RangeError(`style ${this.pictures.styles[style]} has no picture of thing ${thing}`);
    draw.slot = slot;
    const variant = rng.next();
    draw.variant = variant < 0.27 * strength ? 1 : variant < 0.45 * strength ? 2 : 0;
    const keepColour = fixedColour || (traits[thing]?.colour ?? false);
    const hue = rng.between(-1, 1) * strength * (keepColour ? 0.06 : rng.chance(0.15) ? 0.6 : 0.22);
    const saturation = 1 + strength * rng.between(keepColour ? -0.2 : -0.5, 0.35);
    const greyed = rng.chance(0.05 * strength) && !keepColour;
    colourMatrix(
      draw.colour,
      hue,
      greyed ? 0 : saturation,
      strength * rng.between(-0.12, 0.12),
      rng,
      strength,
    );
    const edge = rng.next();
    draw.shrink = edge < 0.08 * strength ? rng.between(0.4, 1.2) : 0;
    draw.outline = edge > 1 - 0.16 * strength ? rng.between(0.8, 3.5) : 0;
    const ink = rng.next();
    const shade = rng.int(60);
    const any = rng.bits();
    for (let j = 0; j < 3; j++)
      draw.outlineRgb[j] = ink < 0.5 ? shade : ink < 0.75 ? 255 : (any >>> (8 * j)) & 255;
    draw.opacity = rng.chance(0.04 * strength) ? 190 : 256;
    draw.levelBias = 0;
  }
}

/** Rotation about the grey axis by `hue` radians, then saturation about the luma, gain per channel and lift. */
function colourMatrix(
  m: Int32Array,
  hue: number,
  saturation: number,
  lift: number,
  rng: Rng,
  strength: number,
): void {
  const cos = Math.cos(hue);
  const along = (1 - cos) / 3;
  const across = Math.sin(hue) / Math.sqrt(3);
  for (let row = 0; row < 3; row++) {
    const gain = 1 + strength * rng.between(-0.12, 0.12);
    for (let column = 0; column < 3; column++) {
      const rotation = (row: number): number =>
        along + (row === column ? cos : (column - row + 3) % 3 === 1 ? -across : across);
      const luma = 0.299 * rotation(0) + 0.587 * rotation(1) + 0.114 * rotation(2);
      m[row * 4 + column] = Math.round(256 * gain * (luma + saturation * (rotation(row) - luma)));
    }
    m[row * 4 + 3] = Math.round(256 * lift);
  }
}

let reused: Rng | undefined;
/** A stream to start again and again, so that several objects are drawn, or several frames finished, with one look. */
function secondStream(rng: Rng, seed: number): Rng {
  reused ??= new (rng.constructor as new (...parts: number[]) => Rng)();
  return reused.seed(seed);
}
