/** A learning rate for every step, counted from 0. */
export type Schedule = (step: number) => number;

/** Linear warm-up from `start` to `peak`, then half a cosine down to `end` at `steps` (arXiv 1608.03983, one cycle). */
export function warmupCosine(options: {
  readonly peak: number;
  readonly steps: number;
  readonly warmupSteps: number;
  readonly start?: number;
  readonly end?: number;
}): Schedule {
  const { peak, steps, warmupSteps, start = 0, end = 0 } = options;
  return (step) => {
    if (step < warmupSteps) return start + ((peak - start) * step) / warmupSteps;
    const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - warmupSteps));
    return end + (peak - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
  };
}

/**
 * The schedule of X-LLM's public code (`linear_warmup_cosine_lr`): linear warm-up by iteration within the first
 * epoch, then a cosine that moves once an epoch. Kept for parity; `warmupCosine` is the one to train with.
 */
export function epochCosine(options: {
  readonly initial: number;
  readonly minimum: number;
  readonly warmupStart: number;
  readonly warmupSteps: number;
  readonly epochs: number;
  readonly iterationsPerEpoch: number;
}): Schedule {
  const { initial, minimum, warmupStart, warmupSteps, epochs, iterationsPerEpoch } = options;
  return (step) => {
    const epoch = Math.floor(step / iterationsPerEpoch);
    if (epoch === 0) {
      const ramp = warmupStart + ((initial - warmupStart) * step) / Math.max(warmupSteps, 1);
      return Math.min(initial, ramp);
    }
    return (initial - minimum) * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs)) + minimum;
  };
}
