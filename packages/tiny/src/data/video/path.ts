/** The way of a thing through a clip, per motion: where it stands, how large and turned, and when it is there. */
import type { Pose } from '../augment/augmenter.ts';
import type { Rng } from '../rng.ts';
import type { Motion } from './motions.ts';

/** A pose without its coming and going. */
export type Stand = Omit<Pose, 'opacity'>;

export interface Path {
  readonly from: Stand;
  readonly to: Stand;
  /** Between these times, as parts of the clip, it goes from one to the other. */
  readonly begin: number;
  readonly end: number;
  /** 1 = at an even pace; up to 2 = starts slowly. */
  readonly ease: number;
  /** Whether it is there at first, and when that changes, as ascending parts of the clip. */
  readonly visible: boolean;
  readonly switches: readonly number[];
  /** How long it takes to come or go, as a part of the clip; 0 = at once. */
  readonly fade: number;
}

/** `tilt`: the largest rotation, in radians, that the thing may have when it does not turn. */
export function randomPath(motion: Motion, tilt: number, rng: Rng): Path {
  const rotation = (rng.next() + rng.next() - 1) * tilt;
  const stays = { begin: 0, end: 1, ease: 1, visible: true, switches: [], fade: 0 };
  const [from, to] = ways[motion](rng, rotation);
  return { ...stays, ...paces[motion]?.(rng), from, to };
}

/** Frame `frame` of `frames`, spread from the first moment to the last, as a part of the clip. */
export function timeOf(frame: number, frames: number): number {
  if (!(Number.isInteger(frame) && frame >= 0 && frame < frames))
    throw new RangeError(`there is no frame ${frame} of ${frames}`);
  return frames === 1 ? 0 : frame / (frames - 1);
}

/** Where the thing is at a time 0…1. */
export function poseAt(path: Path, time: number): Pose {
  const { from, to, begin, end, ease } = path;
  const done = Math.min(1, Math.max(0, (time - begin) / (end - begin))) ** ease;
  const between = (a: number, b: number): number => a + (b - a) * done;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    // Even steps of the ratio look even.
    width: from.width * (to.width / from.width) ** done,
    rotation: between(from.rotation, to.rotation),
    opacity: opacityAt(path, time),
  };
}

function opacityAt({ visible, switches, fade }: Path, time: number): number {
  let opacity = visible ? 1 : 0;
  for (const [k, at] of switches.entries()) {
    const there = (k % 2 === 0) !== visible;
    const done = fade === 0 ? Number(time >= at) : Math.min(1, Math.max(0, (time - at) / fade + 0.5));
    opacity += (there ? 1 : -1) * done;
  }
  return Math.min(1, Math.max(0, opacity));
}

type Way = (rng: Rng, rotation: number) => readonly [Stand, Stand];

/** Somewhere near the middle, most of it in view. */
const place = (rng: Rng, low: number, high: number, rotation: number): Stand => {
  const width = rng.between(low, high);
  const slack = Math.max(0.05, (1 - width) * 0.55);
  const [x, y] = [0.5 + rng.between(-slack, slack), 0.5 + rng.between(-slack, slack)];
  return { x, y, width, rotation };
};

const stay: Way = (rng, rotation) => {
  const stand = place(rng, 0.4, 0.95, rotation);
  return [stand, stand];
};

/** From one side to the other over 40 to 60 % of the picture, drifting a little across. */
const moving =
  (dx: number, dy: number): Way =>
  (rng, rotation) => {
    const width = rng.between(0.42, 0.6);
    const far = rng.between(0.4, 0.6) / 2;
    const along = 0.5 + rng.between(-0.06, 0.06);
    const across = 0.5 + rng.between(-0.2, 0.2);
    const drift = rng.between(-0.04, 0.04);
    const stand = (sign: number): Stand => ({
      x: dx === 0 ? across + sign * drift : along + sign * dx * far,
      y: dy === 0 ? across + sign * drift : along + sign * dy * far,
      width,
      rotation,
    });
    return [stand(-1), stand(1)];
  };

/** The smaller and the larger stand of something that grows, by a factor of 2 to 3. */
const growing: Way = (rng, rotation) => {
  const small = place(rng, 0.25, 0.42, rotation);
  const width = Math.min(1.05, small.width * rng.between(2, 3));
  // A large thing needs the middle, and what grows does so about its own centre.
  const slack = Math.max(0.04, (1 - width) * 0.5);
  const x = Math.min(0.5 + slack, Math.max(0.5 - slack, small.x));
  const y = Math.min(0.5 + slack, Math.max(0.5 - slack, small.y));
  return [
    { ...small, x, y },
    { x, y, width, rotation },
  ];
};

const turning: Way = (rng, rotation) => {
  const stand = place(rng, 0.5, 0.85, rotation);
  const turn = rng.between(Math.PI / 2, Math.PI) * (rng.chance(0.5) ? 1 : -1);
  return [stand, { ...stand, rotation: rotation + turn }];
};

const ways: Readonly<Record<Motion, Way>> = {
  moveLeft: moving(-1, 0),
  moveRight: moving(1, 0),
  moveUp: moving(0, -1),
  moveDown: moving(0, 1),
  grow: growing,
  shrink: (rng, rotation) => {
    const [small, large] = growing(rng, rotation);
    return [large, small];
  },
  turn: turning,
  blink: stay,
  appear: stay,
  disappear: stay,
  still: stay,
};

type Pace = (rng: Rng) => Partial<Path>;

const travel: Pace = (rng) => ({
  begin: rng.between(0, 0.2),
  end: rng.between(0.8, 1),
  ease: rng.chance(0.5) ? 1 : rng.between(1.2, 2),
});

/** Comes or goes once, in the middle part. */
const once =
  (visible: boolean): Pace =>
  (rng) => ({
    visible,
    switches: [rng.between(0.25, 0.75)],
    fade: rng.chance(0.5) ? 0 : rng.between(0.05, 0.25),
  });

/**
 * There and away in turn, two or three times each. No part is shorter than 0.16 of the clip, so that eight frames
 * (1/7 apart, or 1/8 as serving samples a long file) see each.
 */
const blinking: Pace = (rng) => {
  const parts = 4 + rng.int(3);
  const shares = Array.from({ length: parts }, () => rng.between(0.2, 1));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let at = 0;
  const ends = shares.map((share) => (at += 0.16 + ((1 - 0.16 * parts) * share) / whole));
  return { visible: rng.chance(0.5), switches: ends.slice(0, -1) };
};

const paces: Partial<Readonly<Record<Motion, Pace>>> = {
  moveLeft: travel,
  moveRight: travel,
  moveUp: travel,
  moveDown: travel,
  grow: travel,
  shrink: travel,
  turn: travel,
  blink: blinking,
  appear: once(false),
  disappear: once(true),
};
