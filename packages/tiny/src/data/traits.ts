/**
 * What must not be augmented away: a mirrored clock shows another hour, a mirrored moon another phase, a red apple
 * turned green is another thing. Looked up by English name.
 */
import { type Thing, world } from './world.ts';

export interface Traits {
  /** Mirroring keeps the name. */
  readonly flip: boolean;
  /** Largest rotation that keeps the name, in degrees. */
  readonly rotation: number;
  /** The colour is part of the name: no hue shift, no grey. */
  readonly colour: boolean;
}

/** Names that are an hour. */
export const clock = /(o’clock|-thirty)$/;
const phase = /(crescent|quarter|gibbous) moon/;
const directed =
  /^(magnifying glass|chart (in|de)creasing|airplane (departure|arrival)|e-mail|pool 8 ball|calendar|tear-off)/;
const tilted = /^(airplane|small airplane|full moon|outbox|inbox|open mailbox|closed mailbox|ice|compass)/;
const coloured =
  /\b(red|green|blue|orange|yellow|brown|black|white|1st|2nd|3rd|lime|lemon|tangerine|closed book|heart suit|blood|dusk|sunset|sunrise|night)\b/;

function traitsOf(thing: Thing): Traits {
  const name = thing.en;
  const colour = coloured.test(name);
  if (clock.test(name)) return { flip: false, rotation: 6, colour };
  if (phase.test(name)) return { flip: false, rotation: 14, colour };
  if (directed.test(name)) return { flip: false, rotation: 14, colour };
  return { flip: true, rotation: tilted.test(name) ? 18 : 35, colour };
}

/** Indexed by thing id. */
export const traits: readonly Traits[] = world.map(traitsOf);
