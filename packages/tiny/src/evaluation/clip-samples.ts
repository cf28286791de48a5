/** The clips that evaluation asks about. */

import type { FetchOptions } from '../data/fetch.ts';
import { heldOutStyle } from '../data/held-out.ts';
import { Pictures } from '../data/pictures.ts';
import { trainingStyles } from '../data/styles.ts';
import { clock } from '../data/traits.ts';
import { randomClip, renderClip } from '../data/video/clip.ts';
import { type Motion, motions, motionsOf } from '../data/video/motions.ts';
import { type FrameTruth, frameTruth } from '../data/video/truth.ts';
import { type Thing, thingAt, world } from '../data/world.ts';
import { type Animations, animatedStyleId, openAnimations } from './animations.ts';
import { encodeClip } from './clip-files.ts';
import { evaluationRng, shuffled } from './seed.ts';

export interface ClipEvaluationData {
  /** The style that was never trained on, packed for the renderer. */
  readonly heldOut: Pictures;
  readonly seen: Pictures;
  /** Not opened for a sample: they are 700 MB to fetch. */
  readonly animations?: Animations;
}

export interface ClipDataOptions extends FetchOptions {
  readonly frames: number;
  readonly size: number;
  /** The training styles, where they are loaded already. */
  readonly seen?: Pictures;
  /** Open unless it is false. */
  readonly animations?: boolean;
}

/** Fetches through npm what is not cached yet. @throws when a package cannot be fetched. */
export async function openClipEvaluationData(options: ClipDataOptions): Promise<ClipEvaluationData> {
  const heldOut = await Pictures.load([heldOutStyle], options);
  const seen = options.seen ?? (await Pictures.load(trainingStyles, options));
  if (options.animations === false) return { heldOut, seen };
  return { heldOut, seen, animations: await openAnimations(options) };
}

/** A clip to be asked about: what it shows, and what that does where we chose it. */
export interface ClipSample {
  readonly thing: Thing;
  readonly style: string;
  /** Absent when its makers chose what happens. */
  readonly motion?: Motion;
  /** What each frame shows, where we drew it. */
  readonly truth?: readonly FrameTruth[];
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

/**
 * As many clips of each motion, of random things that can show it, before evaluation's backgrounds; the same each time.
 */
export function renderedClipSamples(pictures: Pictures, options: ClipSampleOptions): ClipSample[] {
  const { frames, size, strength, perMotion } = options;
  const all = pictures.styles.flatMap((_, style) =>
    [...world.keys()].filter((thing) => pictures.slot(style, thing) >= 0).map((thing) => ({ thing, style })),
  );
  return motions.flatMap((motion, number) => {
    const able = all.filter(({ style, thing }) => motionsOf(pictures, style, thing).includes(motion));
    if (able.length === 0) throw new Error(`no picture of ${pictures.styles.join(', ')} can ${motion}`);
    return Array.from({ length: perMotion }, (_, place): ClipSample => {
      const rng = evaluationRng('clip', number, place);
      const clip = randomClip({ ...rng.pick(able), motion, strength, family: 'evaluation' }, rng);
      const render = (): Uint8Array => renderClip(pictures, clip, frames, size);
      return {
        thing: thingAt(clip.thing),
        style: pictures.styles[clip.style] ?? '',
        motion,
        truth: Array.from({ length: frames }, (_, frame) => frameTruth(clip, frame, frames)),
        frames: render,
        file: () => encodeClip(render(), size),
      };
    });
  });
}

/** Every animation there is, or a sample of `limit`; no clocks, for their hands go round and so does the name. */
export function animationSamples(animations: Animations, limit = Number.POSITIVE_INFINITY): ClipSample[] {
  return shuffled(animations.things.filter((thing) => !isClock(thing)))
    .slice(0, limit)
    .sort((a, b) => a.id - b.id)
    .map((thing) => ({
      thing,
      style: animatedStyleId,
      frames: () => animations.frames(thing),
      file: () => animations.file(thing),
    }));
}

const isClock = ({ en }: Thing): boolean => clock.test(en);
