import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationPrefix } from './run-log.ts';
import { createEventWriter } from './tensorboard/events.ts';

export interface StepReport {
  readonly loss: number;
  readonly items: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** The losses of batches of which there are several kinds. */
  readonly kinds?: readonly { readonly kind: string; readonly loss: number }[];
}

/**
 * Watches a run: a line a person reads, `log.csv` (step, seconds, name, value) that plots are drawn from, and event files
 * that TensorBoard reads.
 */
export interface Progress {
  start(step: number, steps: number): void;
  step(step: number, report: StepReport): void;
  evaluated(step: number, metrics: Readonly<Record<string, number>>): void;
  note(message: string): void;
  finish(step: number): void;
}

export interface ProgressOptions {
  readonly directory: string;
  /** What `items` are, e.g. `tokens`. */
  readonly unit: string;
  /** Steps between lines and log rows; their loss is the mean since the last. */
  readonly every?: number;
  readonly write?: (line: string) => void;
}

const header = 'step,time_ms,name,value';

/** Whole rows of an earlier run up to `step`; those after it will be written again. */
function rowsUntil(file: string, step: number): string[] {
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, 'utf8').split('\n').slice(1);
  return rows.filter((row) => {
    const fields = row.split(',');
    return fields.length === header.split(',').length && fields[3] !== '' && Number(fields[0]) <= step;
  });
}

export function createProgress(options: ProgressOptions): Progress {
  const { directory, unit, every = 20, write = (line) => process.stderr.write(`${line}\n`) } = options;
  const file = join(directory, 'log.csv');
  const events = createEventWriter(directory);
  let total = 0;
  const emptyWindow = () => ({
    loss: 0,
    items: 0,
    steps: 0,
    kinds: new Map<string, number[]>(),
    since: performance.now(),
  });
  let window = emptyWindow();
  let stepped = window.since;
  const log = (step: number, values: Readonly<Record<string, number>>) => {
    const rows = Object.entries(values).map(([name, value]) => `${step},${Date.now()},${name},${value}\n`);
    appendFileSync(file, rows.join(''));
    events.scalars(step, values);
  };
  return {
    start(step, steps) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(file, [header, ...rowsUntil(file, step)].map((row) => `${row}\n`).join(''));
      events.start(step);
      total = steps;
      window = emptyWindow();
      write(step === 0 ? `${steps} steps` : `resuming at step ${step} of ${steps}`);
    },
    step(step, { loss, items, metrics, kinds = [] }) {
      window.loss += loss;
      window.items += items;
      window.steps++;
      stepped = performance.now();
      for (const { kind, loss: own } of kinds) {
        window.kinds.set(kind, [...(window.kinds.get(kind) ?? []), own]);
      }
      if (step % every !== 0 && step !== total) return;
      const seconds = (performance.now() - window.since) / 1000;
      const mean = window.loss / window.steps;
      const speed = window.items / seconds;
      const left = ((total - step) * seconds) / window.steps;
      const losses = [...window.kinds].map(([kind, values]) => [`loss/${kind}`, meanOf(values)] as const);
      const shown: Record<string, number> = { ...Object.fromEntries(losses), ...metrics };
      const extras = Object.entries(shown).map(([name, value]) => `${name} ${value.toPrecision(3)}`);
      write(
        [
          `${step}/${total}`,
          `loss ${mean.toFixed(4)}`,
          ...extras,
          `${speed.toFixed(0)} ${unit}/s`,
          `left ${clock(left)}`,
        ].join('  '),
      );
      log(step, { loss: mean, [`${unit}_per_second`]: speed, ...shown });
      window = emptyWindow();
    },
    evaluated(step, metrics) {
      const parts = Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`);
      write(`${step}/${total}  evaluation  ${parts.join('  ')}`);
      log(
        step,
        Object.fromEntries(Object.entries(metrics).map(([name, value]) => [evaluationPrefix + name, value])),
      );
      window.since += performance.now() - Math.max(stepped, window.since); // of which no step was a part
    },
    note: write,
    finish(step) {
      write(
        step >= total ? `done: ${step} steps` : `stopped at step ${step} of ${total}; run again to resume`,
      );
    },
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** `1:02:03` or `2:03`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
