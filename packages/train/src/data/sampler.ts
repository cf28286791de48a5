/** Which examples make which batch: a pure function of the seed and the batch's number. */
import { createRandom, seedOf } from '../random.ts';

export interface Stream {
  /** Examples there are. */
  readonly count: number;
  /** Batches of this kind in proportion to those of the others. */
  readonly weight: number;
}

export interface SamplerOptions<Name extends string> {
  readonly streams: Readonly<Partial<Record<Name, Stream>>>;
  readonly batch: number;
  readonly seed: number;
}

export interface Draw<Name extends string> {
  readonly name: Name;
  /** Indices into the stream, `batch` of them. */
  readonly places: readonly number[];
}

/**
 * Every batch is of one stream. Streams take turns so that after any number of batches each has had its share to within
 * one batch; each is gone through in an order that is shuffled anew for every epoch.
 */
export function createSampler<Name extends string>({ streams, batch, seed }: SamplerOptions<Name>) {
  const names = (Object.keys(streams) as Name[]).filter((name) => {
    const { count = 0, weight = 0 } = streams[name] ?? {};
    return count > 0 && weight > 0;
  });
  if (names.length === 0) throw new RangeError('there is nothing to draw from');
  const total = names.reduce((sum, name) => sum + (streams[name]?.weight ?? 0), 0);
  const orders = new Map<string, Uint32Array>();
  const turns: { name: Name; turn: number }[] = [];
  const had = new Map<Name, number>();

  /** Turns are dealt in order, so those before `index` are dealt first. */
  const turnOf = (index: number): { name: Name; turn: number } => {
    for (let at = turns.length; at <= index; at++) {
      const due = (name: Name) => ((streams[name]?.weight ?? 0) / total) * (at + 1) - (had.get(name) ?? 0);
      const name = names.reduce((best, other) => (due(other) > due(best) + 1e-9 ? other : best));
      const turn = had.get(name) ?? 0;
      had.set(name, turn + 1);
      turns.push({ name, turn });
    }
    return turns[index] as { name: Name; turn: number };
  };
  const orderOf = (name: Name, count: number, epoch: number): Uint32Array => {
    const key = `${name} ${epoch}`;
    const known = orders.get(key);
    if (known) return known;
    const order = shuffled(count, seedOf(seed, 'order', name, epoch));
    orders.delete(`${name} ${epoch - 2}`);
    orders.set(key, order);
    return order;
  };
  return (index: number): Draw<Name> => {
    const { name, turn } = turnOf(index);
    const count = streams[name]?.count ?? 0;
    const places = Array.from({ length: batch }, (_, row) => {
      const at = turn * batch + row;
      return orderOf(name, count, Math.floor(at / count))[at % count] ?? 0;
    });
    return { name, places };
  };
}

/** Fisher and Yates. */
function shuffled(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const random = createRandom(seed);
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
