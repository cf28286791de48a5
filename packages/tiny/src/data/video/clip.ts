/** Short clips of a thing that does something: which one stands at a place of the stream, and its frames. */
import { Augmenter } from '../augment/augmenter.ts';
import { randomPicture } from '../augment/scene.ts';
import type { Pictures } from '../pictures.ts';
import { domain, styleNumbers } from '../plan.ts';
import { Rng } from '../rng.ts';
import { traits } from '../traits.ts';
import { type Motion, motionsOf } from './motions.ts';
import { type Path, poseAt, randomPath, timeOf } from './path.ts';

/** Everything that its frames are a function of. */
export interface Clip {
  readonly thing: number;
  /** Place among the loaded styles. */
  readonly style: number;
  readonly motion: Motion;
  readonly path: Path;
  /** Seed of background and look. */
  readonly look: number;
  /** Of the augmentation: 0 = as it is, on white; 1 = as tuned. */
  readonly strength: number;
  readonly family: 'training' | 'evaluation';
}

export interface ClipOptions {
  /** Style ids among those loaded; all by default. */
  readonly styles?: readonly string[];
  /** `evaluation` has its own random streams and backgrounds. */
  readonly family?: 'training' | 'evaluation';
  /** Of the strongest clips in a stream; each has between three tenths and all of it. Default 1. */
  readonly strength?: number;
}

const degrees = Math.PI / 180;

/** A clip of this picture doing this, on a random path, augmented this strongly. */
export function randomClip(
  what: Pick<Clip, 'thing' | 'style' | 'motion' | 'strength' | 'family'>,
  rng: Rng,
): Clip {
  const look = rng.bits();
  const tilt = (traits[what.thing]?.rotation ?? 0) * degrees * what.strength;
  return { ...what, path: randomPath(what.motion, tilt, rng), look };
}

const streams = new Rng();

/**
 * The clip at a place of the stream of clips: any thing, any loaded style that has it, any motion that it can show.
 *
 *     const clip = clipAt(pictures, 7, 0);
 *     renderClip(pictures, clip, 8, 48); // [8, 48, 48, 3] RGB
 */
export function clipAt(pictures: Pictures, seed: number, index: number, options: ClipOptions = {}): Clip {
  const { styles = pictures.styles, family = 'training', strength: strongest = 1 } = options;
  const rng = streams.seed(seed, domain.clip, domain[family], index);
  const { thing, style } = randomPicture(pictures, rng, styleNumbers(pictures, styles));
  const motion = rng.pick(motionsOf(pictures, style, thing));
  const strength = strongest * rng.between(0.3, 1);
  return randomClip({ thing, style, motion, strength, family }, rng);
}

/** Draws clips of one size; keeps what drawing needs. */
export class ClipRenderer {
  readonly #rng = new Rng();
  readonly #augmenter: Augmenter;

  constructor(pictures: Pictures, size: number) {
    this.#augmenter = new Augmenter(pictures, size, this.#rng);
  }

  /** `frames` × size² RGB into `out` from byte `start`, evenly spread from the clip's first moment to its last. */
  render(out: Uint8Array, start: number, clip: Clip, frames: number): void {
    const { thing, style, path, look, strength, family } = clip;
    const poses = Array.from({ length: frames }, (_, frame) => poseAt(path, timeOf(frame, frames)));
    this.#augmenter.frames(out, start, thing, style, poses, this.#rng.seed(look), strength, family);
  }
}

/** [frames, size, size, 3] RGB bytes. `size` is even. */
export function renderClip(pictures: Pictures, clip: Clip, frames: number, size: number): Uint8Array {
  const out = new Uint8Array(frames * size * size * 3);
  new ClipRenderer(pictures, size).render(out, 0, clip, frames);
  return out;
}
