/** What a run would take, said before it begins. */
import { trainingBatches } from './batches.ts';
import type { StageConfig } from './config.ts';
import { readExamples, type TaskReport } from './examples.ts';
import type { Lesson } from './lesson.ts';

export interface DryRun {
  readonly tasks: readonly TaskReport[];
  readonly heldOut: readonly TaskReport[];
  readonly steps: number;
  /** Values that learn. */
  readonly parameters: number;
  readonly memory: {
    /** The most that this process has had, data and graphs of the longest examples of every task included. */
    readonly measuredBytes: number;
    /** Parameters, two moments, the average: what a checkpoint holds, and a run adds to what was measured. */
    readonly checkpointBytes: number;
  };
  /** Of a step, all its batches included: the mean of the run's first batches. */
  readonly secondsPerStep: number;
  readonly seconds: number;
}

/** The run's first batches, of which the time is taken: as many as have passed when it gets long. */
const mostTimed = 12;
const longMs = 60_000;

/**
 * Runs the longest examples of every task for the memory they take, then the run's first batches twice: once to make their
 * graphs, which a run makes once, and once for the time. Nothing learns.
 */
export async function describeRun(
  config: StageConfig,
  lesson: Lesson,
  steps: number,
  { note, signal }: { readonly note: (line: string) => void; readonly signal?: AbortSignal | undefined },
): Promise<DryRun> {
  const { training, heldOut, store } = lesson;
  for (const { task, examples } of training.reports) {
    if (examples === 0) continue;
    signal?.throwIfAborted();
    note(`running the longest examples of ${task}`);
    const places = longest(training.kept[task] ?? [], config.batch);
    await lesson.run({ task, examples: await readExamples(training, { task, places }), index: 0 });
  }
  const batchAt = trainingBatches(lesson, config);
  /** Runs the first batches, and says how many there was time for, and what they took. */
  const run = async (most: number) => {
    note(`running the first ${most} batches`);
    const from = performance.now();
    let count = 0;
    while (count < most && (count === 0 || performance.now() - from < longMs)) {
      signal?.throwIfAborted();
      await lesson.run(await batchAt(count++));
    }
    return { count, ms: performance.now() - from };
  };
  const { count: made } = await run(Math.min(mostTimed, steps * config.accumulate));
  const { count, ms } = await run(made);
  const secondsPerStep = (ms / 1000 / count) * config.accumulate;
  const parameters = store.count;
  return {
    tasks: training.reports,
    heldOut: heldOut?.reports ?? [],
    steps,
    parameters,
    memory: {
      measuredBytes: process.resourceUsage().maxRSS * 1024,
      checkpointBytes: parameters * Float32Array.BYTES_PER_ELEMENT * (config.average > 0 ? 4 : 3),
    },
    secondsPerStep,
    seconds: secondsPerStep * steps,
  };
}

/** Places of the longest examples, repeated where there are fewer than a batch. */
function longest(kept: readonly { readonly length: number }[], batch: number): number[] {
  const places = [...kept.keys()].sort((a, b) => (kept[b]?.length ?? 0) - (kept[a]?.length ?? 0));
  return Array.from({ length: batch }, (_, row) => places[row % places.length] ?? 0);
}

/** As lines for a person. */
export function dryRunLines({ tasks, heldOut, steps, parameters, memory, ...time }: DryRun): string[] {
  const { secondsPerStep, seconds } = time;
  const rows = [
    ...tasks.map((one): [string, TaskReport] => [one.task, one]),
    ...heldOut.map((one): [string, TaskReport] => [`${one.task}, held out`, one]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length), 'task'.length);
  const cells = (name: string, ...values: (string | number)[]) =>
    `${name.padEnd(width)}${values.map((value) => String(value).padStart(12)).join('')}`;
  return [
    cells('task', 'examples', 'longest', 'mean', 'cut', 'too long', 'unreadable'),
    ...rows.map(([name, one]) =>
      cells(name, one.examples, one.longest, one.mean.toFixed(1), one.cut, one.tooLong, one.unreadable),
    ),
    '',
    `parameters that learn  ${parameters}`,
    `steps                  ${steps}`,
    `memory                 ${megabytes(memory.measuredBytes)} measured, and ${megabytes(memory.checkpointBytes)} for the optimiser and a checkpoint`,
    `time                   ${duration(seconds)}, from ${(secondsPerStep * 1000).toFixed(0)} ms a step`,
  ];
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
