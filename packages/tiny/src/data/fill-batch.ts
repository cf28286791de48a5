/** Makes a whole batch: the function the worker threads run, and that runs anywhere else with the same result. */
import { Augmenter } from './augment/augmenter.ts';
import type { Pictures } from './pictures.ts';
import { BatchPlan, domain, sceneAt } from './plan.ts';
import { Rng } from './rng.ts';
import { ClipRenderer, clipAt } from './video/clip.ts';

export interface BatchOptions {
  seed: number;
  batchSize: number;
  /** Side of the pictures, even. */
  size: number;
  /** Style ids among those loaded. */
  styles: readonly string[];
  /** Thing ids; every thing by default. */
  classes?: readonly number[];
  /**
   * `single`: one thing each, balanced over things and styles. `scene`: also pairs and several of the same. `clip`: one
   * thing that does something, in several frames (video/; of any class).
   */
  kind?: 'single' | 'scene' | 'clip';
  /** Of each clip (kind `clip`), 8 by default. */
  frames?: number;
  /** Shares of pairs and counts among scenes. */
  share?: { pair: number; count: number };
  /** `training` or the evaluation's own backgrounds and random streams. */
  family?: 'training' | 'evaluation';
}

const defaultFrames = 8;

/** Bytes of one sample: a picture, or the frames of a clip. */
export function sampleBytes({ size, kind, frames = defaultFrames }: BatchOptions): number {
  return size * size * 3 * (kind === 'clip' ? frames : 1);
}

export class BatchFiller {
  readonly #options: BatchOptions;
  readonly #pictures: Pictures;
  readonly #augmenter: Augmenter;
  readonly #clips: ClipRenderer;
  readonly #plan: BatchPlan;
  readonly #rng = new Rng();

  constructor(pictures: Pictures, options: BatchOptions) {
    this.#options = options;
    this.#pictures = pictures;
    this.#plan = new BatchPlan(pictures, options.seed, options.styles, options.classes);
    this.#augmenter = new Augmenter(pictures, options.size, this.#rng);
    this.#clips = new ClipRenderer(pictures, options.size);
  }

  /** Pictures per epoch (kind `single`). */
  get epochLength(): number {
    return this.#plan.length;
  }

  /** Fills batch `step`. `pixels`: batchSize × `sampleBytes`; `labels`: batchSize thing ids (of a scene's first thing). */
  fill(step: number, strength: number, pixels: Uint8Array, labels: Int32Array): void {
    const {
      seed,
      batchSize,
      styles,
      kind,
      frames = defaultFrames,
      family = 'training',
      share,
    } = this.#options;
    const bytes = sampleBytes(this.#options);
    for (let i = 0; i < batchSize; i++) {
      const position = step * batchSize + i;
      if (kind === 'clip') {
        const clip = clipAt(this.#pictures, seed, position, { styles, family, strength });
        labels[i] = clip.thing;
        this.#clips.render(pixels, i * bytes, clip, frames);
      } else if (kind === 'scene') {
        const scene = sceneAt(this.#pictures, seed, position, share);
        this.#rng.seed(seed, domain[family], position);
        labels[i] = scene.items[0]?.thing ?? -1;
        this.#augmenter.scene(pixels, i * bytes, scene, this.#rng, strength, family);
      } else {
        const { thing, style } = this.#plan.at(position);
        this.#rng.seed(seed, domain[family], position);
        labels[i] = thing;
        this.#augmenter.single(pixels, i * bytes, thing, style, this.#rng, strength, family);
      }
    }
  }
}
