/** Reads `log.csv` of a run folder, as `progress.ts` writes it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LogPoint {
  readonly step: number;
  readonly timeMs: number;
  readonly value: number;
}

/** The series of a run by name (`loss`, `evaluation/loss`, `rate` …), each in the order of its steps. */
export type RunLog = ReadonlyMap<string, readonly LogPoint[]>;

/** What evaluations are logged as: the metric's name with this before it. */
export const evaluationPrefix = 'evaluation/';
export const isEvaluation = (name: string): boolean => name.startsWith(evaluationPrefix);

/** Throws where there is no log, or a row that is none. */
export async function readRunLog(directory: string): Promise<RunLog> {
  const path = join(directory, 'log.csv');
  const [, ...rows] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const series = new Map<string, LogPoint[]>();
  for (const [index, row] of rows.entries()) {
    const [step, timeMs, name, value] = row.split(',');
    if (name === undefined || value === undefined) throw new Error(`${path}:${index + 2}: not a row: ${row}`);
    const points = series.get(name) ?? [];
    // A run that resumes from a checkpoint repeats the steps after it: what was logged first never happened.
    while ((points.at(-1)?.step ?? -1) >= Number(step)) points.pop();
    points.push({ step: Number(step), timeMs: Number(timeMs), value: Number(value) });
    series.set(name, points);
  }
  return series;
}
