/** The models that are served, by the names that requests choose them by. */
import { Problem } from '@x-llm/contract';
import type { Engine, EngineStats } from '@x-llm/engine';

export type QueueStats = Omit<EngineStats, 'queue'>;

export class Models {
  readonly all: readonly Engine[];
  readonly #byName: ReadonlyMap<string, Engine>;

  /** Throws RangeError for none, or two of one name. */
  constructor(engines: readonly Engine[]) {
    this.all = engines;
    this.#byName = new Map(engines.map((engine) => [engine.model.id, engine]));
    if (engines.length === 0 || this.#byName.size < engines.length) {
      const names = engines.map(({ model }) => model.id).join(', ');
      throw new RangeError(`createBackend: expected models of different names, got ${names || 'none'}`);
    }
  }

  /** Throws `Problem('model_not_found')`. */
  find(name: string): Engine {
    const engine = this.#byName.get(name);
    if (engine) return engine;
    const names = [...this.#byName.keys()].map((one) => `"${one}"`).join(', ');
    throw new Problem('model_not_found', {
      param: 'model',
      message: `There is no model "${name.slice(0, 80)}"; this server has ${names}.`,
    });
  }

  ready(): boolean {
    return this.all.every((engine) => engine.ready());
  }

  /** Of all together; a queue that several share counts once. */
  stats(): QueueStats {
    const all = this.all.map((engine) => engine.stats());
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    return {
      active: sum(all.map(({ active }) => active)),
      queued: sum(all.map(({ queued }) => queued)),
      maxQueued: sum(new Map(all.map(({ queue, maxQueued }) => [queue, maxQueued])).values()),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((engine) => engine.close()));
  }
}
