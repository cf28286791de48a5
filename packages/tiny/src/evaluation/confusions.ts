/** Which things are taken for which. */
import { type Thing, thingNamed } from '../data/world.ts';
import { isExact } from './grade.ts';
import type { Confusion, NamedThing } from './report.ts';
import type { Answered } from './sample.ts';

/**
 * Wrong names counted by pair of things, both directions and languages together; those seen with held-out pictures come
 * first. `truth` → `answered` is the way it happened more often, of held-out pictures if there are any.
 */
export function confusions(heldOut: readonly Answered[], seen: readonly Answered[], most = 100): Confusion[] {
  const pairs = new Map<string, { count: number; heldOut: number; ways: Map<string, Way> }>();
  const add = (answered: readonly Answered[], isHeldOut: boolean): void => {
    for (const { thing: truth, answer, expected } of answered) {
      const given = isExact(answer, expected) ? undefined : thingNamed(answer);
      if (!given || given === truth) continue;
      const key = [truth.id, given.id].sort((a, b) => a - b).join(' ');
      const pair = pairs.get(key) ?? { count: 0, heldOut: 0, ways: new Map<string, Way>() };
      pairs.set(key, pair);
      const direction = `${truth.id} ${given.id}`;
      const way = pair.ways.get(direction) ?? { truth, given, count: 0, heldOut: 0 };
      pair.ways.set(direction, way);
      for (const tally of [pair, way]) {
        tally.count++;
        if (isHeldOut) tally.heldOut++;
      }
    }
  };
  add(heldOut, true);
  add(seen, false);
  return [...pairs.values()]
    .sort((a, b) => b.heldOut - a.heldOut || b.count - a.count)
    .slice(0, most)
    .flatMap(({ count, heldOut, ways }) => {
      const [way] = [...ways.values()].sort((a, b) => b.heldOut - a.heldOut || b.count - a.count);
      if (!way) return [];
      return [{ truth: named(way.truth), answered: named(way.given), count, heldOut, thisWay: way.count }];
    });
}

interface Way {
  readonly truth: Thing;
  readonly given: Thing;
  count: number;
  heldOut: number;
}

const named = ({ hexcode, en, zh }: Thing): NamedThing => ({ hexcode, en, zh });
