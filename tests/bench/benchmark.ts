/** What a benchmark is given and what it answers; the keys of the JSON are those here. */
import type { Summary } from './statistics.ts';

export interface Context {
  /** Threads that share one run's work, here and in a peer. */
  readonly threads: number;
  /** Timed runs of each thing measured, after those that warm up. */
  readonly runs: number;
  /** The bundle that the engine is measured on. */
  readonly bundle: string;
  /** Python with torch for comparisons. */
  readonly python: string;
  readonly note: (message: string) => void;
}

export interface Outcome {
  /** Why nothing was measured. */
  readonly skipped?: string;
  /** What was measured: sizes, versions. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly measurements: Readonly<Record<string, Summary>>;
  /** Numbers without a unit, each named for what it is, such as a peer's time over ours (above 1: ours is faster). */
  readonly ratios: Readonly<Record<string, number>>;
}

export interface Benchmark {
  /** A line for `--help`. */
  readonly summary: string;
  run(context: Context): Promise<Outcome>;
}

export const skipped = (why: string): Outcome => ({
  skipped: why,
  settings: {},
  measurements: {},
  ratios: {},
});
