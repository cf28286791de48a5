/** How a folder's comparisons are printed. */
import { styleText } from 'node:util';
import type { FolderReport } from './check.ts';
import { type Comparison, passes } from './comparison.ts';

const digits = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

const share = ({ error, limit }: Comparison): string => {
  if (limit === 0 || Number.isNaN(error)) return '';
  const percent = (100 * error) / limit;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
};

/** A table of one folder: every tensor with its worst error, the limit, and how much of it was used. */
export function table({ folder, kind, comparisons, problem, ok, notYet }: FolderReport): string {
  const mark = (good: boolean) => (good ? styleText('green', '✓') : styleText('red', '✗'));
  if (problem !== undefined) return `${mark(false)} ${folder}\n  ${problem}\n`;
  const header = ['tensor', 'worst error', 'tolerance', 'used', 'measure'];
  const rows = comparisons.map((comparison) => [
    comparison.tensor,
    comparison.problem ?? digits(comparison.error),
    digits(comparison.limit),
    share(comparison),
    comparison.measure,
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === 4 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const body = rows.map((row, index) => {
    const comparison = comparisons[index];
    return `  ${mark(comparison !== undefined && passes(comparison))} ${line(row)}`;
  });
  const missed = comparisons.filter((comparison) => !passes(comparison)).length;
  const verdict = missed === 0 ? `all ${rows.length} within tolerance` : `${missed} of ${rows.length} missed`;
  return [
    `${mark(ok)} ${folder} (${kind}): ${verdict}`,
    styleText('dim', `    ${line(header)}`),
    ...body,
    ...(notYet === undefined ? [] : [styleText('yellow', `  not compared yet: ${notYet}`)]),
    '',
  ].join('\n');
}

/** The same for machines: one object a folder, NaN as null. */
export const json = (reports: readonly FolderReport[]): string => JSON.stringify(reports, undefined, 2);
