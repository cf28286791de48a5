/**
 * Which picture stands where in an endless, balanced stream: each epoch is a fresh permutation of every
 * (thing, style) there is. Position → picture is a pure function of the seed, so any step can be jumped to.
 */
import { randomScene, type Scene } from './augment/scene.ts';
import type { Pictures } from './pictures.ts';
import { Rng } from './rng.ts';
import { world } from './world.ts';

/** Separates the random streams that share a seed. */
export const domain = { order: 1, training: 2, evaluation: 3, scene: 4, clip: 5 } as const;

/** Places of styles among those loaded. @throws if one is not. */
export function styleNumbers(pictures: Pictures, styles: readonly string[]): number[] {
  return styles.map((id) => {
    const style = pictures.styles.indexOf(id);
    if (style < 0) throw new Error(`style '${id}' is not loaded: there are ${pictures.styles.join(', ')}`);
    return style;
  });
}

export class BatchPlan {
  readonly #pairs: Int32Array;
  readonly #order: Int32Array;
  readonly #seed: number;
  readonly #rng = new Rng();
  #epoch = -1;

  /** `styles`: ids among `pictures.styles`; `classes`: thing ids, all by default. */
  constructor(pictures: Pictures, seed: number, styles: readonly string[], classes?: readonly number[]) {
    const pairs: number[] = [];
    for (const style of styleNumbers(pictures, styles)) {
      for (const thing of classes ?? world.keys()) {
        if (pictures.slot(style, thing) >= 0) pairs.push(style * world.length + thing);
      }
    }
    if (pairs.length === 0) throw new Error('no picture of these classes in these styles');
    this.#pairs = Int32Array.from(pairs);
    this.#order = new Int32Array(pairs.length);
    this.#seed = seed;
  }

  /** Pictures in one epoch. */
  get length(): number {
    return this.#pairs.length;
  }

  /** The picture at a position of the stream. */
  at(position: number): { thing: number; style: number } {
    const epoch = Math.floor(position / this.length);
    if (epoch !== this.#epoch) {
      this.#order.set(this.#pairs);
      this.#rng.seed(this.#seed, domain.order, epoch).shuffle(this.#order);
      this.#epoch = epoch;
    }
    const pair = this.#order[position - epoch * this.length] as number;
    return { thing: pair % world.length, style: Math.floor(pair / world.length) };
  }
}

const sceneRng = new Rng();

/** The scene at a position of the stream of scenes. */
export function sceneAt(
  pictures: Pictures,
  seed: number,
  position: number,
  share?: { pair: number; count: number },
): Scene {
  return randomScene(pictures, sceneRng.seed(seed, domain.scene, position), share);
}
