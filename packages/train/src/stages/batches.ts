/** Which examples make which batch, of those that are learnt from and of those that are held out. */
import type { Task } from '../data/record.ts';
import { createSampler, type Stream } from '../data/sampler.ts';
import { TrainError } from '../error.ts';
import type { StageConfig } from './config.ts';
import { type Prepared, readExamples } from './examples.ts';
import type { Lesson, LessonBatch, LessonPlaces } from './lesson.ts';

/** Which examples micro-batch `index` of a run has, which depends on nothing but the index. Throws TrainError as `streamsOf` does. */
export function trainingPlaces(
  { kept }: Pick<Prepared, 'kept'>,
  config: StageConfig,
): (index: number) => LessonPlaces {
  const { batch, seed } = config;
  const draw = createSampler({ streams: streamsOf(kept, config), batch, seed });
  return (index) => {
    const { name: task, places } = draw(index);
    return { task, places };
  };
}

/** The same with the examples themselves. */
export function trainingBatches(
  { training }: Pick<Lesson, 'training'>,
  config: StageConfig,
): (index: number) => Promise<LessonBatch> {
  const placesAt = trainingPlaces(training, config);
  return async (index) => {
    const { task, places } = placesAt(index);
    return { task, examples: await readExamples(training, { task, places }), index };
  };
}

/** Of a long run the sizes of so many batches are looked at, evenly among all. */
const mostPlanned = 1000;

/** Plans the graphs for a run of so many steps. */
export function planGraphs(lesson: Lesson, config: StageConfig, steps: number): void {
  const { training, heldOut } = lesson;
  const placesAt = trainingPlaces(training, config);
  const all = steps * config.accumulate;
  const count = Math.min(all, mostPlanned);
  const learnt = Array.from({ length: count }, (_, at) => placesAt(Math.floor((at * all) / count)));
  const held = (heldOut?.reports ?? []).flatMap(({ task, examples }) =>
    heldOutBatches(examples, config.batch).map((places) => ({ task, places })),
  );
  lesson.plan(learnt, held);
}

/**
 * A task's share: what the config says or, if it says nothing, the number of its examples.
 * @throws TrainError `invalid_config` for weights of some tasks alone, which no number of examples compares with.
 */
export function streamsOf(
  kept: Prepared['kept'],
  { weights }: Pick<StageConfig, 'weights'>,
): Partial<Record<Task, Stream>> {
  const tasks = Object.keys(kept) as Task[];
  const named = Object.keys(weights) as Task[];
  const fail = (why: string): never => {
    const whole = Object.fromEntries(tasks.map((task) => [task, weights[task] ?? 1]));
    throw new TrainError(
      'invalid_config',
      `weights: ${why}.`,
      `Say it of all, as in: ${JSON.stringify(whole)}`,
    );
  };
  if (named.length > 0) {
    const silent = tasks.find((task) => weights[task] === undefined);
    if (silent) fail(`they do not say how much "${silent}" counts, of which there are examples`);
    const absent = named.find((task) => !tasks.includes(task));
    if (absent) fail(`there are no examples of "${absent}"`);
    if (tasks.every((task) => weights[task] === 0)) fail('all are 0, so that nothing is learnt');
  }
  return Object.fromEntries(
    tasks.map((task) => {
      const count = kept[task]?.length ?? 0;
      return [task, { count, weight: weights[task] ?? count }];
    }),
  );
}

/**
 * Held-out batches of a task: all of its examples, in their order. The last one is filled up with those before it, or, where
 * there are fewer than one batch, with themselves.
 */
export function heldOutBatches(count: number, batch: number): number[][] {
  const starts = Array.from({ length: Math.ceil(count / batch) }, (_, at) => at * batch);
  return starts.map((start) => {
    const from = Math.max(0, Math.min(start, count - batch));
    return Array.from({ length: batch }, (_, row) => (from + row) % count);
  });
}
