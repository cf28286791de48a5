/** What a run would take, said before it begins. */
import type { StageConfig } from './config.ts';
import type { Lesson, TaskReport } from './lesson.ts';

export interface DryRun {
  readonly tasks: readonly TaskReport[];
  readonly steps: number;
  /** Values that learn. */
  readonly parameters: number;
  readonly memory: {
    /** The most that this process has had, data and graphs of the timed steps included. */
    readonly measuredBytes: number;
    /** Parameters, two moments, the average: what a checkpoint holds, and a run adds to what was measured. */
    readonly checkpointBytes: number;
  };
  /** Of a step, all its batches included, from two that were timed. */
  readonly secondsPerStep: number;
  readonly seconds: number;
}

/** Runs the first batch once to make its graph, then twice to time it. Nothing learns. */
export async function describeRun(config: StageConfig, lesson: Lesson, steps: number): Promise<DryRun> {
  await lesson.batch(0);
  const from = performance.now();
  for (let timed = 0; timed < 2; timed++) await lesson.batch(0);
  const secondsPerStep = ((performance.now() - from) / 2 / 1000) * config.accumulate;
  const parameters = lesson.store.count;
  return {
    tasks: lesson.reports,
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

/** As lines for a person. */
export function dryRunLines({ tasks, steps, parameters, memory, secondsPerStep, seconds }: DryRun): string[] {
  const width = Math.max(...tasks.map(({ task }) => task.length), 'task'.length);
  const cells = (name: string, ...values: (string | number)[]) =>
    `${name.padEnd(width)}${values.map((value) => String(value).padStart(12)).join('')}`;
  return [
    cells('task', 'examples', 'longest', 'mean', 'cut', 'too long', 'unreadable'),
    ...tasks.map((one) =>
      cells(one.task, one.examples, one.longest, one.mean.toFixed(1), one.cut, one.tooLong, one.unreadable),
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
