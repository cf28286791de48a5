import { type AdamW, globalNorm } from './adamw.ts';
import type { WeightAverage } from './average.ts';
import { drawCurve } from './curve.ts';
import { TrainError } from './error.ts';
import type { ParameterStore } from './parameter-store.ts';
import type { Progress, StepReport } from './progress.ts';
import { isEvaluation, readRunLog } from './run-log.ts';
import { loadRunState, saveRunState } from './run-state.ts';
import type { Schedule } from './schedule.ts';

/** One micro-batch: its loss, what it left in `gradients`, and how much it saw. */
export interface BatchResult {
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** Samples or tokens, for the speed shown. */
  readonly items: number;
  /** Further numbers for the log, e.g. accuracy. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** A kind of batch whose loss is logged apart, too, as `loss/KIND`. */
  readonly kind?: string;
}

export interface FitOptions {
  /** Run folder: checkpoints and the log live here, and a run resumes from it. */
  readonly directory: string;
  readonly steps: number;
  readonly store: ParameterStore;
  readonly optimizer: AdamW;
  readonly schedule: Schedule;
  /** Computes micro-batch `index`; it must depend on nothing but the index, so that a resumed run repeats it. */
  readonly batch: (index: number) => Promise<BatchResult>;
  /** Micro-batches whose mean gradient makes one update. */
  readonly accumulate?: number;
  /** Gradients are scaled down to this global norm. */
  readonly clipNorm?: number;
  readonly average?: WeightAverage;
  readonly checkpointEvery?: number;
  readonly evaluateEvery?: number;
  /** Whether that is done before the first step, too. */
  readonly evaluateFirst?: boolean;
  /** Undefined when it was stopped: then a run that goes on evaluates that step anew. */
  readonly evaluate?: (step: number) => Promise<Readonly<Record<string, number>> | undefined>;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Trains to `steps`, from the newest checkpoint in the run folder if there is one. Stops between steps, with a
 * checkpoint, when `signal` aborts; then draws the run's curves. Returns the number of steps done in all.
 */
export async function fit(options: FitOptions): Promise<number> {
  const { directory, steps, progress, signal } = options;
  const { checkpointEvery = 500 } = options;
  const state = { store: options.store, optimizer: options.optimizer, average: options.average };
  let step = await loadRunState(directory, state, (message) => progress.note(message));
  progress.start(step, steps);
  let saved = -1;
  if (isDue(options, step) && !(await wasEvaluated(directory, step))) await evaluateAt(options, step);
  while (step < steps && !signal?.aborted) {
    const result = await update(options, step);
    step++;
    progress.step(step, result);
    const isLast = step === steps || signal?.aborted === true;
    // Before it is evaluated: that may take long, and a run that is killed then evaluates this step again.
    if (isLast || step % checkpointEvery === 0 || isDue(options, step)) {
      await saveRunState(directory, state, step);
      saved = step;
    }
    if (isDue(options, step)) await evaluateAt(options, step);
  }
  if (saved !== step) await saveRunState(directory, state, step);
  await drawCurve(directory).catch((error: Error) => progress.note(`no curve: ${error.message}`));
  progress.finish(step);
  return step;
}

/** A run that was killed or stopped while it evaluated has no rows of that step. */
async function wasEvaluated(directory: string, step: number): Promise<boolean> {
  const log = await readRunLog(directory);
  return [...log].some(([name, points]) => isEvaluation(name) && points.at(-1)?.step === step);
}

function isDue(
  { steps, evaluate, evaluateEvery = 0, evaluateFirst = false }: FitOptions,
  step: number,
): boolean {
  if (!evaluate || evaluateEvery === 0) return false;
  return step === 0 ? evaluateFirst : step % evaluateEvery === 0 || step === steps;
}

async function evaluateAt({ evaluate, progress }: FitOptions, step: number): Promise<void> {
  const metrics = await evaluate?.(step);
  if (metrics) progress.evaluated(step, metrics);
}

async function update(options: FitOptions, step: number): Promise<StepReport> {
  const {
    store,
    optimizer,
    schedule,
    average,
    accumulate = 1,
    clipNorm = Number.POSITIVE_INFINITY,
  } = options;
  let loss = 0;
  let items = 0;
  const metrics: Record<string, number> = {};
  const kinds: { kind: string; loss: number }[] = [];
  let gradients: ReadonlyMap<string, Float32Array> = new Map();
  for (let micro = 0; micro < accumulate; micro++) {
    const result = await options.batch(step * accumulate + micro);
    requireFinite('the loss', result.loss, step);
    loss += result.loss / accumulate;
    items += result.items;
    if (result.kind !== undefined) kinds.push({ kind: result.kind, loss: result.loss });
    for (const [name, value] of Object.entries(result.metrics ?? {})) {
      metrics[name] = (metrics[name] ?? 0) + value / accumulate;
    }
    gradients = micro === 0 ? firstOf(result.gradients, accumulate) : added(gradients, result.gradients);
  }
  const norm = globalNorm(gradients) / accumulate;
  requireFinite("the gradients' norm", norm, step);
  const clip = norm > clipNorm ? clipNorm / norm : 1;
  const rate = schedule(step);
  optimizer.update(store, gradients, rate, clip / accumulate);
  average?.follow(store, optimizer.updates);
  return { loss, items, metrics: { ...metrics, rate, norm }, kinds };
}

function requireFinite(what: string, value: number, step: number): void {
  if (Number.isFinite(value)) return;
  throw new TrainError(
    'diverged',
    `${what} is ${value} at step ${step}.`,
    'Lower the learning rate or check the data; on data of your own that is another run, with another "output".',
  );
}

/** The step's own buffers, or copies where later micro-batches will overwrite them. */
function firstOf(gradients: ReadonlyMap<string, Float32Array>, accumulate: number) {
  if (accumulate === 1) return gradients;
  return new Map([...gradients].map(([name, gradient]) => [name, gradient.slice()]));
}

/** Micro-batches of different tasks may teach different parameters: a gradient that is not there is 0. */
function added(before: ReadonlyMap<string, Float32Array>, gradients: ReadonlyMap<string, Float32Array>) {
  const sum = new Map(before);
  for (const [name, gradient] of gradients) {
    const total = sum.get(name);
    if (!total) {
      sum.set(name, gradient.slice());
      continue;
    }
    for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (gradient[i] as number);
  }
  return sum;
}
