/** Training graphs by the sizes of their batches: made when first needed, the ones used last kept. */
import type { TrainingStep } from '../training-step.ts';

/** Each holds its activations, and a copy of the frozen weights in float32. */
const most = 4;

export class StepsByShape<Shape> {
  readonly #create: (shape: Shape) => Promise<TrainingStep>;
  readonly #steps = new Map<string, TrainingStep>();

  constructor(create: (shape: Shape) => Promise<TrainingStep>) {
    this.#create = create;
  }

  async of(shape: Shape): Promise<TrainingStep> {
    const key = JSON.stringify(shape);
    const step = this.#steps.get(key) ?? (await this.#create(shape));
    this.#steps.delete(key);
    this.#steps.set(key, step); // the newest is last
    for (const [oldest, unused] of this.#steps) {
      if (this.#steps.size <= most) break;
      unused[Symbol.dispose]();
      this.#steps.delete(oldest);
    }
    return step;
  }

  [Symbol.dispose](): void {
    for (const step of this.#steps.values()) step[Symbol.dispose]();
  }
}

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
