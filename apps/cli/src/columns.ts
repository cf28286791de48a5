/** Numbers and tables for a terminal. */

/** `82.1 % (79–85)`. */
export const shareOf = (value: number, { low, high }: { low: number; high: number }): string =>
  `${percent(value, 1)} (${Math.round(100 * low)}–${Math.round(100 * high)})`;

export const percent = (value: number, digits = 0): string => `${(100 * value).toFixed(digits)} %`;

/** `0.8 kB`, `12.5 MB`, `3.91 GB`. */
export function bytes(count: number): string {
  if (count < 1e5) return `${(count / 1e3).toFixed(1)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`;
}

/** The first column to the left, the others, being numbers, to the right; words all to the left. */
export function columns(rows: readonly (readonly string[])[], what: 'numbers' | 'words' = 'numbers'): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || what === 'words'
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
