export type Unit = 'ms' | 'tokens' | 'tokens/s' | 'frames/s' | 's/s' | 'nodes' | 'bytes' | 'loss';

export interface Summary {
  readonly unit: Unit;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function summarise(unit: Unit, values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return {
    unit,
    median: quantile(sorted, 0.5),
    min: quantile(sorted, 0),
    max: quantile(sorted, 1),
    runs: sorted.length,
  };
}

/** Linear between the two nearest ranks. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Wall time and the processor time of the whole process, both in ms. */
export interface Times {
  readonly wall: number;
  readonly cpu: number;
}

export async function timed<Result>(work: () => Promise<Result> | Result): Promise<[Result, Times]> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return [result, { wall, cpu: (user + system) / 1000 }];
}
