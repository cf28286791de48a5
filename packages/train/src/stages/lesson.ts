/** What every stage gives to the loop. */
import type { Task } from '../data/record.ts';
import type { BatchResult } from '../fit.ts';
import type { ParameterStore } from '../parameter-store.ts';

/** Examples of a task, and what became of those that are left out. */
export interface TaskReport {
  readonly task: Task;
  readonly examples: number;
  /** Positions of the longest, media included; frames of features in stage 1 of speech. */
  readonly longest: number;
  readonly mean: number;
  readonly cut: number;
  readonly tooLong: number;
  readonly unreadable: number;
}

export interface Lesson {
  readonly store: ParameterStore;
  readonly reports: readonly TaskReport[];
  /** Micro-batch `index`, which depends on nothing but the index. */
  batch(index: number): Promise<BatchResult>;
  [Symbol.dispose](): void;
}
