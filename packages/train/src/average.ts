import type { ParameterStore } from './parameter-store.ts';

/**
 * Exponential moving average of the parameters: a ← a + (1 − d)(p − a), with d warmed up as
 * min(decay, (1 + n)/(10 + n)) so that early values fade. Evaluating the average is steadier than the last step.
 */
export class WeightAverage {
  readonly values = new Map<string, Float32Array>();
  readonly #decay: number;

  constructor(decay: number) {
    this.#decay = decay;
  }

  /** Moves the average towards the parameters after update number `updates`. */
  follow(parameters: ParameterStore, updates: number): void {
    const fresh = 1 - Math.min(this.#decay, (1 + updates) / (10 + updates));
    for (const { name, data } of parameters) {
      const average = this.values.get(name);
      if (!average) {
        this.values.set(name, data.slice());
        continue;
      }
      for (let i = 0; i < data.length; i++) {
        const before = average[i] as number;
        average[i] = before + fresh * ((data[i] as number) - before);
      }
    }
  }

  /** Runs `work` with the averages in the place of the parameters, which have their own values back afterwards. */
  async during<Result>(parameters: ParameterStore, work: () => Promise<Result>): Promise<Result> {
    const own = [...parameters].map(({ name, data }) => ({
      data,
      average: this.values.get(name),
      kept: data.slice(),
    }));
    for (const { data, average } of own) if (average) data.set(average);
    try {
      return await work();
    } finally {
      for (const { data, kept } of own) data.set(kept);
    }
  }
}
