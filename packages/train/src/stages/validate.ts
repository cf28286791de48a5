/** What is held out, looked at while a run learns; and the weights that did best by it. */
import { join } from 'node:path';
import { CheckpointError, openSafetensors, writeSafetensors } from '@x-llm/checkpoint';
import type { StoredTensor } from '@x-llm/onnx';
import type { WeightAverage } from '../average.ts';
import { heldOutBatches, streamsOf } from './batches.ts';
import type { StageConfig } from './config.ts';
import { type Prepared, readExamples } from './examples.ts';
import { contentHash } from './feature-cache.ts';
import type { Lesson } from './lesson.ts';

type Weights = Iterable<{
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}>;

export interface ValidationOptions {
  readonly config: StageConfig;
  readonly lesson: Lesson;
  readonly average: WeightAverage | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at what is held out with the weights as they are, or with their running average where the bundle is to be made of it:
 * `loss`, the mean over tasks by their weights in training, and `loss/TASK` where there are several. Keeps the weights that had
 * the lowest loss, if the config says so. Undefined when it was stopped.
 */
export function validator(
  { config, lesson, average, signal }: ValidationOptions,
  heldOut: Prepared,
): (step: number) => Promise<Record<string, number> | undefined> {
  const { store, training } = lesson;
  const of = heldOutHash(config, heldOut);
  const streams = streamsOf(training.kept, config);
  const look = async (): Promise<Record<string, number> | undefined> => {
    const losses: { task: string; loss: number; weight: number }[] = [];
    for (const { task, examples } of heldOut.reports) {
      const batches = heldOutBatches(examples, config.batch);
      let sum = 0;
      for (const [index, places] of batches.entries()) {
        if (signal?.aborted) return undefined;
        const batch = { task, examples: await readExamples(heldOut, { task, places }), index };
        sum += (await lesson.run({ ...batch, isHeldOut: true })).loss;
      }
      if (batches.length === 0) continue;
      losses.push({ task, loss: sum / batches.length, weight: streams[task]?.weight ?? 0 });
    }
    const own = losses.length > 1 ? losses.map(({ task, loss }) => [`loss/${task}`, loss]) : [];
    return { loss: weightedMean(losses), ...Object.fromEntries(own) };
  };
  return async (step) => {
    if (!average || step === 0) return keep(await look(), store);
    return average.during(store, async () => keep(await look(), store));

    async function keep(metrics: Record<string, number> | undefined, weights: Weights) {
      if (metrics && config.validation?.keep === 'best' && step > 0)
        await keepBest(config.output, weights, { step, loss: metrics['loss'] ?? Number.NaN, of });
      return metrics;
    }
  };
}

/** Of tasks that count for nothing, the plain mean. */
function weightedMean(losses: readonly { readonly loss: number; readonly weight: number }[]): number {
  const total = losses.reduce((sum, { weight }) => sum + weight, 0);
  const share = ({ weight }: { readonly weight: number }) => (total > 0 ? weight / total : 1 / losses.length);
  return losses.reduce((sum, one) => sum + one.loss * share(one), 0);
}

interface Best {
  readonly step: number;
  readonly loss: number;
  /** By what: losses of other examples do not compare. */
  readonly of: string;
}

const heldOutHash = ({ validation, batch }: StageConfig, { data, mediaHash }: Prepared): string =>
  contentHash(
    JSON.stringify([data.files.map(({ sha256 }) => sha256), mediaHash, validation?.examples, batch]),
  );

const bestIn = (directory: string): string => join(directory, 'best.safetensors');

async function keepBest(directory: string, weights: Weights, { step, loss, of }: Best): Promise<void> {
  if (!Number.isFinite(loss)) return;
  const before = await readBest(directory);
  // One of a later step is of a run that was killed since, and may be going on otherwise.
  if (before?.of === of && before.step < step && before.loss <= loss) return;
  const tensors = [...weights].map(({ name, shape, data }) => ({
    name,
    dtype: 'float32' as const,
    shape,
    data,
  }));
  await writeSafetensors(bestIn(directory), tensors, { step: String(step), loss: String(loss), of });
}

/** Undefined where there is none, or none that can be read: the next one that is looked at is the best then. */
async function readBest(directory: string): Promise<Best | undefined> {
  try {
    using file = await openSafetensors(bestIn(directory));
    const { step, loss, of = '' } = file.metadata;
    return { step: Number(step), loss: Number(loss), of };
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

/** The weights that had the lowest loss of what is held out, and when that was; undefined where none were kept by it. */
export async function loadBest(
  config: StageConfig,
  heldOut: Prepared,
): Promise<(Best & { readonly weights: Map<string, StoredTensor> }) | undefined> {
  const directory = config.output;
  const best = await readBest(directory);
  if (best?.of !== heldOutHash(config, heldOut)) return undefined;
  using file = await openSafetensors(bestIn(directory));
  const weights = [...file.tensors].map(([name, { shape }]): [string, StoredTensor] => [
    name,
    { dtype: 'float32', shape, data: new Float32Array(file.readFloat32(name)) },
  ]);
  return { ...best, weights: new Map(weights) };
}
