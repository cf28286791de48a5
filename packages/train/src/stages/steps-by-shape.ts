/**
 * Training graphs by the sizes of their batches. A graph is made for fixed sizes and takes longer to make than to run once, so
 * the sizes that a run needs are looked at first, and few graphs are planned that serve all of them.
 */
import type { TrainingStep } from '../training-step.ts';
import type { Base } from './base.ts';
import type { Prepared } from './examples.ts';
import type { LessonPlaces } from './lesson.ts';

/** Sizes of a batch by name; one that is 0 says that there is nothing of its kind. */
export type Sizes = Readonly<Record<string, number>>;

export interface StepsByShapeOptions<Shape extends Sizes> {
  readonly create: (shape: Shape) => Promise<TrainingStep>;
  /** What a step of that shape costs, in any unit. */
  readonly cost: (shape: Shape) => number;
  /** How many graphs are kept: each holds its activations, and a copy of the frozen weights in float32. */
  readonly most?: number;
}

export class StepsByShape<Shape extends Sizes> {
  readonly #create: (shape: Shape) => Promise<TrainingStep>;
  readonly #cost: (shape: Shape) => number;
  readonly #most: number;
  readonly #steps = new Map<string, TrainingStep>();
  #planned: readonly Shape[] = [];

  constructor({ create, cost, most = 4 }: StepsByShapeOptions<Shape>) {
    this.#create = create;
    this.#cost = cost;
    this.#most = most;
  }

  /** Plans as many graphs as are kept, for batches that need these sizes. */
  plan(needs: readonly Shape[]): void {
    this.#planned = planShapes(needs, this.#most, this.#cost);
  }

  /** The cheapest planned graph in which a batch of these sizes has room, or one of its own; the graphs used last are kept. */
  async of(need: Shape): Promise<{ readonly step: TrainingStep; readonly shape: Shape }> {
    const roomy = this.#planned.filter((shape) => isLike(shape, need) && covers(shape, need));
    const shape = roomy.reduce<Shape | undefined>(
      (best, one) => (best && this.#cost(best) <= this.#cost(one) ? best : one),
      undefined,
    );
    return this.#stepOf(shape ?? need);
  }

  async #stepOf(shape: Shape) {
    const key = JSON.stringify(shape);
    const step = this.#steps.get(key) ?? (await this.#create(shape));
    this.#steps.delete(key);
    this.#steps.set(key, step); // the newest is last
    for (const [oldest, unused] of this.#steps) {
      if (this.#steps.size <= this.#most) break;
      unused[Symbol.dispose]();
      this.#steps.delete(oldest);
    }
    return { step, shape };
  }

  [Symbol.dispose](): void {
    for (const step of this.#steps.values()) step[Symbol.dispose]();
  }
}

/** Copies of the frozen weights that may be held, in bytes. */
const mostCopied = 2 ** 29;

/** How many graphs are kept: four of a large model, more of a small one. */
export function mostGraphs({ bundle }: Pick<Base, 'bundle'>): number {
  const files = Object.entries(bundle.manifest.files).filter(([name]) => name.endsWith('.safetensors'));
  const halves = files.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0);
  return Math.max(4, Math.min(12, Math.floor(mostCopied / (2 * halves))));
}

/** What batches of examples that fit need. */
export const needsIn = <Own extends Sizes, Shape extends Sizes>(
  prepared: Prepared | undefined,
  batches: readonly LessonPlaces[],
  needOf: (sizes: readonly Own[]) => Shape,
): Shape[] =>
  batches.map(({ task, places }) =>
    needOf(
      places.map((place) => {
        const sizes = prepared?.kept[task]?.[place]?.sizes;
        if (!sizes) throw new RangeError(`there is no example ${place} of ${task}`);
        return sizes as Own;
      }),
    ),
  );

/** Of so many shapes the pairs are compared; more are rounded up to fewer first. */
const mostCompared = 96;

/**
 * At most `most` shapes in which all `needs` have room, or one for each set of kinds of media if those are more: the two whose
 * union costs least, by how often they are needed, are made one until they are few enough.
 */
export function planShapes<Shape extends Sizes>(
  needs: readonly Shape[],
  most: number,
  cost: (shape: Shape) => number,
): Shape[] {
  let groups = counted(needs, 1);
  for (let step = 2; groups.length > mostCompared; step *= 2) groups = counted(needs, step);
  while (groups.length > most) {
    let best: { a: Group<Shape>; b: Group<Shape>; shape: Shape; extra: number } | undefined;
    for (const [at, a] of groups.entries()) {
      for (const b of groups.slice(at + 1)) {
        if (!isLike(a.shape, b.shape)) continue;
        const shape = union(a.shape, b.shape);
        const extra = (a.count + b.count) * cost(shape) - a.count * cost(a.shape) - b.count * cost(b.shape);
        if (!best || extra < best.extra) best = { a, b, shape, extra };
      }
    }
    if (!best) break;
    const { a, b, shape } = best;
    groups = [...groups.filter((one) => one !== a && one !== b), { shape, count: a.count + b.count }];
  }
  return groups.map(({ shape }) => shape);
}

interface Group<Shape> {
  readonly shape: Shape;
  /** Batches. */
  readonly count: number;
}

/** Shapes whose sizes are the same when they are rounded up to multiples of `step`, each as large as the largest of its kind. */
function counted<Shape extends Sizes>(needs: readonly Shape[], step: number): Group<Shape>[] {
  const alike = Map.groupBy(needs, (need) =>
    JSON.stringify(Object.entries(need).map(([name, size]) => [name, roundUp(size, step)])),
  );
  return [...alike.values()].map((same) => ({ shape: same.reduce(union), count: same.length }));
}

const union = <Shape extends Sizes>(a: Shape, b: Shape): Shape =>
  Object.fromEntries(Object.entries(a).map(([name, size]) => [name, Math.max(size, b[name] ?? 0)])) as Shape;

/** Whether both have something of the same kinds: what is not there must not learn from zeros. */
const isLike = (a: Sizes, b: Sizes): boolean =>
  Object.entries(a).every(([name, size]) => size > 0 === (b[name] ?? 0) > 0);

const covers = (shape: Sizes, need: Sizes): boolean =>
  Object.entries(need).every(([name, size]) => (shape[name] ?? 0) >= size);

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
