/** The clips that evaluation asks about. */

import { randomPicture } from '../data/augment/scene.ts';
import type { FetchOptions } from '../data/fetch.ts';
import { heldOutStyle } from '../data/held-out.ts';
import { Pictures } from '../data/pictures.ts';
import { trainingStyles } from '../data/styles.ts';
import { randomClip, renderClip } from '../data/video/clip.ts';
import { type Motion, motions, motionsOf } from '../data/video/motions.ts';
import { type Thing, thingAt } from '../data/world.ts';
import { type Animations, animatedStyleId, openAnimations } from './animations.ts';
import { encodeClip } from './clip-files.ts';
import { evaluationRng, shuffled } from './seed.ts';

export interface ClipEvaluationData {
  /** The style that was never trained on, packed for the renderer. */
  readonly heldOut: Pictures;
  readonly seen: Pictures;
  readonly animations: Animations;
}

/** Fetches through npm what is not cached yet. @throws when a package cannot be fetched. */
export async function openClipEvaluationData(
  options: FetchOptions & { readonly frames: number; readonly size: number },
): Promise<ClipEvaluationData> {
  const heldOut = await Pictures.load([heldOutStyle], options);
  const seen = await Pictures.load(trainingStyles, options);
  return { heldOut, seen, animations: await openAnimations(options) };
}

/** A clip to be asked about: what it shows, and what that does where we chose it. */
export interface ClipSample {
  readonly thing: Thing;
  readonly style: string;
  /** Absent when its makers chose what happens. */
  readonly motion?: Motion;
  /** [frames, size, size, 3] RGB, as the encoder reads them. */
  frames(): Uint8Array;
  /** The clip as a client would upload it: animated WebP. */
  file(): Promise<Uint8Array>;
}

export interface ClipSampleOptions {
  readonly frames: number;
  readonly size: number;
  /** Of the augmentation: 0 = as it is, on white, to 1. */
  readonly strength: number;
  readonly perMotion: number;
}

/** As many clips of each motion, of random things, before evaluation's backgrounds; the same each time. */
export function renderedClipSamples(pictures: Pictures, options: ClipSampleOptions): ClipSample[] {
  const { frames, size, strength, perMotion } = options;
  return motions.flatMap((motion, number) =>
    Array.from({ length: perMotion }, (_, place): ClipSample => {
      const rng = evaluationRng('clip', number, place);
      let picture = randomPicture(pictures, rng);
      while (!motionsOf(pictures, picture.style, picture.thing).includes(motion))
        picture = randomPicture(pictures, rng);
      const clip = randomClip({ ...picture, motion, strength, family: 'evaluation' }, rng);
      const render = (): Uint8Array => renderClip(pictures, clip, frames, size);
      return {
        thing: thingAt(clip.thing),
        style: pictures.styles[clip.style] ?? '',
        motion,
        frames: render,
        file: () => encodeClip(render(), size),
      };
    }),
  );
}

/** Every animation there is, or a sample of `limit`. */
export function animationSamples(animations: Animations, limit = Number.POSITIVE_INFINITY): ClipSample[] {
  return shuffled(animations.things)
    .slice(0, limit)
    .sort((a, b) => a.id - b.id)
    .map((thing) => ({
      thing,
      style: animatedStyleId,
      frames: () => animations.frames(thing),
      file: () => animations.file(thing),
    }));
}
