/** Scenes with more than one object, and what is true of them. */
import type { Pictures } from '../pictures.ts';
import type { Rng } from '../rng.ts';
import { world } from '../world.ts';

export interface SceneItem {
  thing: number;
  style: number;
  /** Centre and width as parts of the picture's side. */
  x: number;
  y: number;
  width: number;
}

export interface Scene {
  /** `single`: one thing; `pair`: items[0] is left of items[1]; `count`: 1–3 of the same thing. */
  kind: 'single' | 'pair' | 'count';
  items: SceneItem[];
  /** The augmentation leaves the colours alone, so that they can be asked about. */
  keepColour: boolean;
}

/** Two different things side by side, the first one on the left. */
export function pairScene(
  left: number,
  right: number,
  leftStyle: number,
  rightStyle: number,
  rng: Rng,
): Scene {
  const width = rng.between(0.42, 0.5);
  const lift = rng.between(-0.08, 0.08);
  return {
    kind: 'pair',
    keepColour: false,
    items: [
      { thing: left, style: leftStyle, x: 0.26, y: 0.5 + lift, width },
      { thing: right, style: rightStyle, x: 0.74, y: 0.5 - lift, width },
    ],
  };
}

const countLayouts: readonly (readonly (readonly [number, number, number])[][])[] = [
  [[[0.5, 0.5, 0.62]], [[0.4, 0.45, 0.5]], [[0.6, 0.55, 0.45]]],
  [
    [
      [0.26, 0.5, 0.46],
      [0.74, 0.5, 0.46],
    ],
    [
      [0.3, 0.3, 0.45],
      [0.7, 0.7, 0.45],
    ],
    [
      [0.3, 0.7, 0.45],
      [0.7, 0.3, 0.45],
    ],
  ],
  [
    [
      [0.27, 0.3, 0.42],
      [0.73, 0.3, 0.42],
      [0.5, 0.73, 0.42],
    ],
    [
      [0.5, 0.27, 0.42],
      [0.27, 0.72, 0.42],
      [0.73, 0.72, 0.42],
    ],
    [
      [0.18, 0.5, 0.33],
      [0.5, 0.5, 0.33],
      [0.82, 0.5, 0.33],
    ],
  ],
];

/** One to three of the same thing. */
export function countScene(thing: number, style: number, count: number, rng: Rng): Scene {
  const layouts = countLayouts[count - 1];
  if (!layouts) throw new RangeError(`countScene: 1–3 objects, got ${count}`);
  return {
    kind: 'count',
    keepColour: false,
    items: rng.pick(layouts).map(([x, y, width]) => ({ thing, style, x, y, width })),
  };
}

/** A thing and a style that has it, of these styles or of all. */
export function randomPicture(
  pictures: Pictures,
  rng: Rng,
  styles: readonly number[] = [...pictures.styles.keys()],
): { thing: number; style: number } {
  for (;;) {
    const thing = rng.int(world.length);
    const style = rng.pick(styles);
    if (pictures.slot(style, thing) >= 0) return { thing, style };
  }
}

/** A scene to ask about: mostly one thing, sometimes a pair or several of the same. */
export function randomScene(
  pictures: Pictures,
  rng: Rng,
  share: { pair: number; count: number } = { pair: 0.12, count: 0.1 },
): Scene {
  const kind = rng.next();
  const { thing, style } = randomPicture(pictures, rng);
  if (kind < share.pair) {
    for (;;) {
      const other = randomPicture(pictures, rng);
      if (other.thing !== thing) return pairScene(thing, other.thing, style, other.style, rng);
    }
  }
  if (kind < share.pair + share.count) return countScene(thing, style, 1 + rng.int(3), rng);
  return { kind: 'single', keepColour: rng.chance(0.2), items: [{ thing, style, x: 0.5, y: 0.5, width: 1 }] };
}
