/** Numbers and tables for the card. */

/** '82 % (79 %–85 %)'. */
export function share({ top1, low, high }: { top1: number; low: number; high: number }): string {
  return shareBetween(top1, { low, high });
}

export function shareBetween(value: number, { low, high }: { low: number; high: number }): string {
  return `${percent(value)} (${percent(low)}–${percent(high)})`;
}

export function percent(value: number, digits = 0): string {
  return `${(100 * value).toFixed(digits)} %`;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
