/** What the recipe's runs did, from their logs. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogPoint, readRunLog } from '@x-llm/train';
import { z } from 'zod';

/** The recipe's steps that train, in order, by the name of their run folder. */
export const trainedSteps = {
  encoder: 'The picture encoder learns to tell the things apart, then is frozen',
  llm: 'The language model learns the world’s text, then is frozen; it never sees a picture',
  stage1: 'Stage 1: the interface’s queries learn to read pictures (contrast, matching, captioning)',
  stage2: 'Stage 2: the interface learns to speak to the frozen language model',
} as const;

export const trainingSummarySchema = z.array(
  z.strictObject({
    name: z.enum(Object.keys(trainedSteps) as [keyof typeof trainedSteps]),
    steps: z.number(),
    hours: z.number(),
    loss: z.number(),
    evaluation: z.record(z.string(), z.number()),
  }),
);
export type TrainingSummary = z.infer<typeof trainingSummarySchema>;

/** Between two rows of a log: longer ones are pauses of a run that was resumed. */
const longestPauseMs = 15 * 60_000;

/** The runs that left a log in `directory`; empty where the recipe did not run. */
export async function summariseRuns(directory: string): Promise<TrainingSummary> {
  const runs: TrainingSummary = [];
  for (const name of Object.keys(trainedSteps) as (keyof typeof trainedSteps)[]) {
    const folder = join(directory, name);
    const hasLog = await stat(join(folder, 'log.csv')).then(
      (file) => file.isFile(),
      () => false,
    );
    if (!hasLog) continue;
    const log = await readRunLog(folder);
    const loss = log.get('loss') ?? [];
    const last = loss.at(-1);
    if (!last) continue;
    const evaluation = [...log].flatMap(([series, points]) => {
      const value = series.startsWith('evaluation/') ? points.at(-1)?.value : undefined;
      return value === undefined ? [] : [[series.slice('evaluation/'.length), value] as const];
    });
    runs.push({
      name,
      steps: last.step,
      hours: hoursOf(loss),
      loss: last.value,
      evaluation: Object.fromEntries(evaluation),
    });
  }
  return runs;
}

/** Time under way; the first logged stretch is taken to be as long as the second. */
function hoursOf(points: readonly LogPoint[]): number {
  const gaps = points.slice(1).map(({ timeMs }, i) => timeMs - (points[i]?.timeMs ?? timeMs));
  const worked = gaps.filter((gap) => gap >= 0 && gap < longestPauseMs);
  return [...worked, worked[0] ?? 0].reduce((sum, gap) => sum + gap, 0) / 3_600_000;
}
