/** What every stage gives to the loop. */
import type { Runtime } from '@x-llm/ort';
import type { DataSet, Example } from '../data/data-set.ts';
import type { Task } from '../data/record.ts';
import type { BatchResult } from '../fit.ts';
import type { ParameterStore } from '../parameter-store.ts';
import type { Base } from './base.ts';
import type { StageConfig } from './config.ts';
import type { MediaFeatures } from './encode.ts';
import type { Prepared } from './examples.ts';

/** What a lesson is made of. */
export interface LessonOptions {
  readonly config: StageConfig;
  readonly base: Base;
  readonly data: DataSet;
  /** What nothing is learnt from. */
  readonly heldOut?: DataSet | undefined;
  readonly runtime: Runtime;
  readonly features: MediaFeatures;
  readonly note: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Examples of one task that go through the model together. */
export interface LessonBatch {
  readonly task: Task;
  /** As many as the config's `batch`. */
  readonly examples: readonly Example[];
  /** What is drawn at random, negatives and changes of recordings, follows from this number. */
  readonly index: number;
  /** Recordings stay as they are. */
  readonly isHeldOut?: boolean;
}

/** Places of examples of a task among those that fit. */
export interface LessonPlaces {
  readonly task: Task;
  readonly places: readonly number[];
}

export interface Lesson extends Disposable {
  readonly store: ParameterStore;
  readonly training: Prepared;
  readonly heldOut: Prepared | undefined;
  /** Plans the graphs for batches of these examples; without a plan each batch has one of its own size. */
  plan(training: readonly LessonPlaces[], heldOut: readonly LessonPlaces[]): void;
  /** Loss and gradients, which depend on nothing but the batch. */
  run(batch: LessonBatch): Promise<BatchResult>;
}
