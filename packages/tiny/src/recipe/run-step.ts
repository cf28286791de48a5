/** What the training steps of the recipe have in common. */
import { AdamW, type FitOptions, fit, warmupCosine } from '@x-llm/train';
import type { Learnt } from './learnt.ts';

export interface StepOptions extends Partial<Learnt> {
  /** Updates in all, those of earlier runs included. */
  readonly steps: number;
  readonly batch: number;
  /** The highest learning rate. */
  readonly rate: number;
  readonly threads: number;
  /** Stops between updates, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/** A step's own part: everything that `runStep` does not settle for all of them. */
export interface StepParts
  extends Pick<
    FitOptions,
    'directory' | 'store' | 'progress' | 'batch' | 'accumulate' | 'average' | 'evaluate' | 'evaluateEvery'
  > {
  /** Updates until the rate is reached, at most a tenth of all. */
  readonly warmupSteps?: number;
  /** The last learning rate, as a share of the highest. */
  readonly endShare?: number;
  readonly beta2?: number;
}

/** AdamW, warm-up and cosine, clipped gradients, a checkpoint every 250 updates. */
export async function runStep(
  { steps, rate, signal }: Omit<StepOptions, 'batch'>,
  parts: StepParts,
): Promise<void> {
  const { warmupSteps = 200, endShare = 0.02, beta2 = 0.999, ...own } = parts;
  await fit({
    ...own,
    steps,
    optimizer: new AdamW({ weightDecay: 0.05, beta2 }),
    schedule: warmupCosine({
      peak: rate,
      steps: Math.max(1, steps),
      warmupSteps: Math.min(warmupSteps, steps / 10),
      end: rate * endShare,
    }),
    clipNorm: 1,
    checkpointEvery: 250,
    ...(signal ? { signal } : {}),
  });
}
