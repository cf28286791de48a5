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
  words: 'Stage 2 begins: the queries learn names, and what frames show, in the language model’s own words',
  stage2: 'Stage 2 for pictures and clips: the interface learns to speak to the frozen language model',
  'stage1-speech': 'Stage 1 for speech: Conformer and CIF learn to write down what is said, then are frozen',
  tokens: 'Stage 2 for speech begins: what CIF fires becomes the language model’s own words',
  'stage2-speech': 'Stage 2 for speech: C-Former and S-Adapter learn to dictate to the frozen language model',
  stage3: 'Stage 3: adapters and queries learn from all modalities together',
} as const;

const trainingRunSchema = z.strictObject({
  name: z.enum(Object.keys(trainedSteps) as [keyof typeof trainedSteps]),
  steps: z.number(),
  hours: z.number(),
  loss: z.number(),
  evaluation: z.record(z.string(), z.number()),
  /** An earlier run that this one went on from, counted in. */
  after: z.strictObject({ steps: z.number(), hours: z.number() }).optional(),
});
export type TrainingRun = z.infer<typeof trainingRunSchema>;

export const trainingSummarySchema = z.array(trainingRunSchema);
export type TrainingSummary = z.infer<typeof trainingSummarySchema>;

/**
 * What is known of the training after further runs: the earlier summary where a step has no log now, and the earlier
 * hours added where the log goes on from there.
 */
export function continueSummary(earlier: TrainingSummary, logged: readonly LoggedRun[]): TrainingSummary {
  return (Object.keys(trainedSteps) as TrainingRun['name'][]).flatMap((name) => {
    const before = earlier.find((run) => run.name === name);
    const now = logged.find((run) => run.name === name);
    if (!now) return before ? [before] : [];
    const { from, ...run } = now;
    const base = [before, before?.after].find((part) => part !== undefined && part.steps <= from);
    if (!base) return [run];
    return [{ ...run, hours: run.hours + base.hours, after: { steps: base.steps, hours: base.hours } }];
  });
}

/** Between two rows of a log: longer ones are pauses of a run that was resumed. */
const longestPauseMs = 15 * 60_000;

/** A run as its log tells it. */
export interface LoggedRun extends TrainingRun {
  /** Updates before the log begins: 0, or more where the run went on from a bundle. */
  readonly from: number;
}

/** The runs that left a log in `directory`; empty where the recipe did not run. */
export async function summariseRuns(directory: string): Promise<LoggedRun[]> {
  const runs: LoggedRun[] = [];
  for (const name of Object.keys(trainedSteps) as (keyof typeof trainedSteps)[]) {
    const folder = join(directory, name);
    const hasLog = await stat(join(folder, 'log.csv')).then(
      (file) => file.isFile(),
      () => false,
    );
    if (!hasLog) continue;
    const log = await readRunLog(folder);
    const loss = log.get('loss') ?? [];
    const [first, last] = [loss[0], loss.at(-1)];
    if (!first || !last) continue;
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
      from: Math.max(0, first.step - ((loss[1]?.step ?? 2 * first.step) - first.step)),
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
