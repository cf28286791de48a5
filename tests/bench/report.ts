/** A benchmark's outcome as a table a person reads; it is Markdown, ready for docs/benchmarks.md. */
import type { Outcome } from './benchmark.ts';
import type { Machine } from './machine.ts';
import type { Summary } from './statistics.ts';

const digits = (value: number): string =>
  value === 0 || Math.abs(value) >= 0.1
    ? value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
    : value.toExponential(1);

const range = ({ min, max, runs }: Summary): string => (runs > 1 ? `${digits(min)} … ${digits(max)}` : '');

export function markdown(name: string, { skipped, settings, measurements, ratios }: Outcome): string {
  if (skipped !== undefined) return `### ${name}\n\nskipped: ${skipped}\n`;
  const about = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
  const rows = [
    ...Object.entries(measurements).map(([key, summary]) => [
      key,
      `${digits(summary.median)} ${summary.unit}`,
      range(summary),
      String(summary.runs),
    ]),
    ...Object.entries(ratios).map(([key, value]) => [`**${key}**`, `**${value.toFixed(2)}**`, '', '']),
  ];
  const table = [['', 'median', 'min … max', 'runs'], ['---', '---', '---', '---'], ...rows];
  const lines = table.map((row) => `| ${row.join(' | ')} |`);
  return [`### ${name}`, '', ...(about.length > 0 ? [about.join(', '), ''] : []), ...lines, ''].join('\n');
}

export const heading = (about: Machine): string =>
  `${about.cpu}, ${about.cores} cores, ${about.memoryGiB} GiB, ${about.system}; Node ${about.node}, ONNX Runtime ` +
  `${about.onnxruntime}; load before: ${about.loadBefore}\n`;
