/** Test support: a model small enough to train within a test, and a progress that is only listened to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatGlmConfig, linear } from '@x-llm/models';
import { type Graph, mul, type ParameterSource, type Parameters, reduceMean, sub, tanh } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { expect } from 'vitest';
import { AdamW } from './adamw.ts';
import { WeightAverage } from './average.ts';
import { type FitOptions, fit } from './fit.ts';
import { type Initialise, initialiseTransformer, ParameterStore } from './parameter-store.ts';
import type { Progress } from './progress.ts';
import { createRandom, seedOf } from './random.ts';
import { TrainingStep, type TrainingStepOptions } from './training-step.ts';

export const runtime = Runtime.load({ intraOpThreads: 1 });

/** A language model of 16 pieces. */
export const smallChatGlm = {
  vocabSize: 16,
  hiddenSize: 16,
  layers: 2,
  heads: 2,
  ffnSize: 32,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 2,
  maxPositions: 32,
  rotaryPrecision: 'float32',
  tokens: { pad: 0, mask: 1, gmask: 2, sop: 3, eop: 4 },
} as const satisfies ChatGlmConfig;

/** A folder that is gone after the test. */
export function temporaryDirectory(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'train-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Heard extends Progress {
  readonly lines: string[];
}

/** Writes nothing; `lines` are the notes. */
export function listen(): Heard {
  const lines: string[] = [];
  const ignore = () => {};
  return {
    lines,
    start: (step) => lines.push(`start ${step}`),
    step: ignore,
    evaluated: ignore,
    note: (message) => lines.push(message),
    finish: (step) => lines.push(`finish ${step}`),
  };
}

/** Two layers that learn from `x` [B, 4] to give `y` [B, 2]: the mean squared error. */
export const regression =
  (batch: number) =>
  (graph: Graph, parameters: Parameters): { loss: ReturnType<typeof reduceMean> } => {
    const hidden = tanh(linear(parameters.at('inner'), graph.input('x', 'float32', [batch, 4]), 8));
    const error = sub(linear(parameters.at('outer'), hidden, 2), graph.input('y', 'float32', [batch, 2]));
    return { loss: reduceMean(mul(error, error)) };
  };

/** Rows `from` … `from + count − 1` of an endless made-up data set. */
export function rows(from: number, count: number): Record<string, Tensor> {
  const values = (name: string, width: number) => {
    const data = Array.from({ length: count }, (_, row) => {
      const random = createRandom(seedOf(name, from + row));
      return Array.from({ length: width }, () => random.normal());
    });
    return Tensor.from('float32', Float32Array.from(data.flat()), [count, width]);
  };
  return { x: values('x', 4), y: values('y', 2) };
}

/** Everything a run learns, as one comparable object. */
export interface Trained {
  readonly steps: number;
  readonly losses: number[];
  readonly state: Record<string, number[]>;
  readonly updates: number;
  readonly notes: string[];
}

export interface TrainOptions extends Partial<Omit<FitOptions, 'store' | 'optimizer' | 'average'>> {
  readonly directory: string;
  readonly steps: number;
  readonly batchSize?: number;
  readonly frozen?: TrainingStepOptions['frozen'];
  /** Stands in the place of a batch's loss. */
  readonly lossAt?: (index: number, loss: number) => number;
}

/** Trains `regression` with everything a run can have: decay, average, schedule. */
export async function train(options: TrainOptions): Promise<Trained> {
  const { batchSize = 4, lossAt = (_, loss) => loss, frozen, ...given } = options;
  const store = new ParameterStore({ seed: 5 });
  const build = regression(batchSize);
  using step = await TrainingStep.create({
    runtime,
    name: 'regression',
    store,
    build,
    ...(frozen ? { frozen } : {}),
  });
  const optimizer = new AdamW({ weightDecay: 0.1 });
  const average = new WeightAverage(0.9);
  const progress = listen();
  const losses: number[] = [];
  const steps = await fit({
    schedule: (at) => 0.01 / (1 + at),
    progress,
    batch: async (index) => {
      const { loss } = await step.run(rows(index * batchSize, batchSize));
      losses.push(loss);
      return { loss: lossAt(index, loss), gradients: step.gradients, items: batchSize };
    },
    ...given,
    store,
    optimizer,
    average,
  });
  const state: Record<string, number[]> = {};
  for (const { name, data } of store) {
    const { first, second } = optimizer.moments(name, data.length);
    state[name] = [...data];
    state[`first.${name}`] = [...first];
    state[`second.${name}`] = [...second];
    state[`average.${name}`] = [...(average.values.get(name) ?? [])];
  }
  return { steps, losses, state, updates: optimizer.updates, notes: progress.lines };
}

/** Normal random numbers. */
export const floats = (shape: readonly number[], seed: string) => {
  const random = createRandom(seedOf(seed));
  const count = shape.reduce((product, size) => product * size, 1);
  return Tensor.from('float32', Float32Array.from({ length: count }, random.normal), shape);
};
export const integers = (shape: readonly number[], values: readonly number[]) =>
  Tensor.from('int64', BigInt64Array.from(values, BigInt), shape);
/** Losses of a few steps on one and the same batch. */
export async function losses(
  build: TrainingStepOptions['build'],
  inputs: Readonly<Record<string, Tensor>>,
  frozen?: ParameterSource,
): Promise<{ losses: number[]; store: ParameterStore; step: TrainingStep }> {
  const store = new ParameterStore({ seed: 11, initialise: strong });
  const step = await TrainingStep.create({
    runtime,
    name: 'test',
    store,
    build,
    ...(frozen ? { frozen } : {}),
  });
  const optimizer = new AdamW({ weightDecay: 0 });
  const seen: number[] = [];
  for (let i = 0; i < 12; i++) {
    seen.push((await step.run(inputs)).loss);
    optimizer.update(store, step.gradients, 0.01);
  }
  step[Symbol.dispose]();
  return { losses: seen, store, step };
}

/** At these widths N(0, 0.02) would hold everything near zero for longer than a test has time. */
export const strong: Initialise = (name, shape, random) =>
  shape.length < 2
    ? initialiseTransformer(name, shape, random)
    : initialiseTransformer(name, shape, random).map((value) => 5 * value);

/** The last loss is below this share of the first. */
export function expectToLearn(seen: readonly number[], share: number): void {
  const [first = Number.NaN] = seen;
  expect(seen.at(-1)).toBeLessThan(share * first);
}
