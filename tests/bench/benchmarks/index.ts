/** Every benchmark, in the order they run. */
import type { Benchmark } from '../benchmark.ts';
import { encoderStep } from './encoder-step.ts';
import { engineBenchmark } from './engine.ts';
import { graphBuild } from './graph-build.ts';
import { languageStep } from './language-step.ts';
import { mediaBenchmark } from './media.ts';
import { speechStep } from './speech-step.ts';
import { transcriptionBenchmark } from './transcription.ts';

export const benchmarkNames = [
  'engine',
  'transcription',
  'graph-build',
  'language-step',
  'encoder-step',
  'speech-step',
  'media',
] as const;

export type BenchmarkName = (typeof benchmarkNames)[number];

export const benchmarks: { readonly [Name in BenchmarkName]: Benchmark } = {
  engine: engineBenchmark,
  transcription: transcriptionBenchmark,
  'graph-build': graphBuild,
  'language-step': languageStep,
  'encoder-step': encoderStep,
  'speech-step': speechStep,
  media: mediaBenchmark,
};

export const isBenchmarkName = (name: string): name is BenchmarkName =>
  (benchmarkNames as readonly string[]).includes(name);
