/** The curves of a run as one picture: loss, further metrics, learning rate, one above the other. */
import { join } from 'node:path';
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import sharp from 'sharp';
import { evaluationPrefix, isEvaluation, type LogPoint, type RunLog, readRunLog } from './run-log.ts';

const width = 900;
const margin = { left: 72, right: 24, top: 34, bottom: 26 };
const heights = { loss: 300, other: 170 };
/** Speed says something about the machine, not about the run. */
const leftOut = /_per_second$/;
const ink = { train: '#2563eb', evaluation: '#dc2626', text: '#1f2937', faint: '#e5e7eb' };

/**
 * Draws `curve.png` in the run folder from its `log.csv`, at twice the size in pixels, and returns its path.
 *
 *     await drawCurve('.xllm/runs/tiny/llm')
 */
export async function drawCurve(directory: string, file = join(directory, 'curve.png')): Promise<string> {
  const svg = curveSvg(await readRunLog(directory));
  await sharp(Buffer.from(svg), { density: 144 }).png({ palette: true }).toFile(file);
  return file;
}

/** The same as SVG. Throws when nothing is logged yet. */
export function curveSvg(log: RunLog): string {
  const names = panelsOf(log);
  if (names.length === 0) throw new Error('the log has no rows yet: nothing to draw');
  const last = Math.max(...[...log.values()].map((points) => points.at(-1)?.step ?? 0));
  const x = scaleLinear([0, last], [margin.left, width - margin.right]);
  let top = 0;
  const panels = names.map((name) => {
    const height = name === 'loss' ? heights.loss : heights.other;
    const drawn = panel(name, log, x, top, top + height);
    top += height;
    return drawn;
  });
  const steps = `<text x="${width - margin.right}" y="${top + 14}" text-anchor="end">steps</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + 24}" font-family="DejaVu Sans, Liberation Sans, sans-serif" font-size="12" fill="${ink.text}">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...panels,
    steps,
    '</svg>',
  ].join('\n');
}

/** Names without `evaluation/`, which shares its metric's panel: losses first, learning rate and norm last. */
function panelsOf(log: RunLog): string[] {
  const names = new Set(
    [...log.keys()].map((name) => (isEvaluation(name) ? name.slice(evaluationPrefix.length) : name)),
  );
  const kept = [...names].filter((name) => !leftOut.test(name));
  const order: Readonly<Record<string, number>> = { loss: -1, rate: 1, norm: 2 };
  const place = (name: string): number => order[name] ?? (isLoss(name) ? -0.5 : 0);
  return kept.sort((a, b) => place(a) - place(b));
}

function panel(
  name: string,
  log: RunLog,
  x: ScaleContinuousNumeric<number, number>,
  top: number,
  bottom: number,
): string {
  const train = log.get(name) ?? [];
  const evaluation = log.get(evaluationPrefix + name) ?? [];
  const values = [...train, ...evaluation].map((point) => point.value).filter(Number.isFinite);
  const { scale: y, ticks } = verticalAxis(name, values, [bottom - margin.bottom, top + margin.top]);
  const path = line<LogPoint>()
    .defined((point) => Number.isFinite(point.value))
    .x((point) => x(point.step))
    .y((point) => y(point.value));
  const dots = evaluation.map(
    ({ step, value }) => `<circle cx="${x(step)}" cy="${y(value)}" r="3" fill="${ink.evaluation}"/>`,
  );
  return [
    `<text x="${margin.left}" y="${top + 22}" font-size="15" font-weight="bold">${title(name)}</text>`,
    latest(train, evaluation, top + 22),
    ...ticks.map(
      (tick) =>
        `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${ink.faint}"/>` +
        `<text x="${margin.left - 8}" y="${y(tick) + 4}" text-anchor="end">${short(tick, 2)}</text>`,
    ),
    ...x
      .ticks(8)
      .map(
        (tick) =>
          `<text x="${x(tick)}" y="${bottom - 8}" text-anchor="middle">${x.tickFormat(8)(tick)}</text>`,
      ),
    `<path d="${path(train) ?? ''}" fill="none" stroke="${ink.train}" stroke-width="1.5"/>`,
    `<path d="${path(evaluation) ?? ''}" fill="none" stroke="${ink.evaluation}" stroke-width="1.5"/>`,
    ...dots,
  ].join('\n');
}

/** Of all batches, or of those of one kind. */
const isLoss = (name: string): boolean => name === 'loss' || name.startsWith('loss/');

interface Axis {
  readonly scale: ScaleContinuousNumeric<number, number>;
  readonly ticks: readonly number[];
}

/** From 0, but logarithmic for a loss that falls far; that one is labelled at 1, 2 and 5 times powers of ten. */
function verticalAxis(name: string, values: readonly number[], range: [number, number]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (isLoss(name) && low > 0 && high / low > 8) {
    const scale = scaleLog([low * 0.9, high * 1.1], range);
    return { scale, ticks: scale.ticks(8).filter((tick) => /^[125]e/.test(tick.toExponential(0))) };
  }
  const floor = Math.min(0, low);
  const scale = scaleLinear([floor, high > floor ? high : floor + 1], range).nice();
  return { scale, ticks: scale.ticks(name === 'loss' ? 8 : 4) };
}

const short = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));

const titles: Readonly<Record<string, string>> = { rate: 'learning rate', norm: 'gradient norm' };
const title = (name: string): string => titles[name] ?? name.replaceAll(/[_/]/g, ' ');

function latest(train: readonly LogPoint[], evaluation: readonly LogPoint[], y: number): string {
  const end = (points: readonly LogPoint[], what: string, colour: string): string => {
    const value = points.at(-1)?.value;
    return value === undefined ? '' : `<tspan fill="${colour}" dx="14">${what} ${short(value, 4)}</tspan>`;
  };
  const spans = end(train, 'training', ink.train) + end(evaluation, 'evaluation', ink.evaluation);
  return `<text x="${width - margin.right}" y="${y}" text-anchor="end">${spans}</text>`;
}
