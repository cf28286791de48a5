/** The part of `frontend-audio` that changes sample rates: `resample/NAME_RATE.wav` to 16 kHz. */
import { readdirSync, readFileSync } from 'node:fs';
import type { SafetensorsFile } from '@x-llm/checkpoint';
import { decodeWav, kaiserBest, type ResampleFilter, resample, torchaudioDefault } from '@x-llm/media';
import { absolute, type Comparison, compare, noise, sameNumbers, type Values } from '../comparison.ts';
import type { GoldenFolder } from '../folder.ts';

/** From the folder's README: against the analytic signal, and against whoever's filter is mimicked. */
const tolerance = { ideal: noise(50), alias: noise(50), filter: absolute(1e-4) };
/** Samples at either end that ideal signals and aliases are not judged by: they would need what is outside. */
const margin = 320;
const rateHz = 16_000;

const filters: Readonly<Record<string, ResampleFilter>> = {
  ideal: kaiserBest,
  kaiser_best: kaiserBest,
  torchaudio_default: torchaudioDefault,
};

export function resampling(folder: GoldenFolder, expected: SafetensorsFile): Comparison[] {
  const names = [...expected.tensors.keys()].filter((name) => name.startsWith('resample.'));
  const signals = readdirSync(folder.file('resample'))
    .filter((file) => file.endsWith('.wav'))
    .map((file) => file.slice(0, -'.wav'.length));
  return [
    ...signals.map((signal) => length(folder, signal)),
    ...names.map((name) => tensor(folder, expected, name)),
    ...signals.filter((signal) => signal.startsWith('alias_')).map((signal) => alias(folder, signal)),
  ];
}

const read = (folder: GoldenFolder, signal: string) =>
  decodeWav(readFileSync(folder.file(`resample/${signal}.wav`)));

function length(folder: GoldenFolder, signal: string): Comparison {
  const { samples, sampleRateHz } = read(folder, signal);
  const wanted = Math.ceil((samples.length * rateHz) / sampleRateHz);
  return sameNumbers(`resample.length.${signal}`, [resample(samples, sampleRateHz).length], [wanted]);
}

/** `resample.FILTER.SIGNAL` */
function tensor(folder: GoldenFolder, expected: SafetensorsFile, name: string): Comparison {
  const wanted = expected.readFloat32(name);
  const [, kind = '', ...rest] = name.split('.');
  const filter = filters[kind];
  const by = kind === 'ideal' ? tolerance.ideal : tolerance.filter;
  if (!filter) return compare(name, undefined, vector(wanted), by);
  const { samples, sampleRateHz } = read(folder, rest.join('.'));
  const actual = resample(samples, sampleRateHz, rateHz, filter);
  return kind === 'ideal'
    ? compare(name, inner(actual), inner(wanted), by)
    : compare(name, vector(actual), vector(wanted), by);
}

/** What is left of a signal above 8 kHz, as a share of it. */
function alias(folder: GoldenFolder, signal: string): Comparison {
  const { samples, sampleRateHz } = read(folder, signal);
  const left = rootMeanSquare(inner(resample(samples, sampleRateHz)).data);
  return { tensor: `resample.${signal}`, ...tolerance.alias, error: left / rootMeanSquare(samples) };
}

const vector = (data: ArrayLike<number>): Values => ({ shape: [data.length], data });
const inner = (data: Float32Array) => {
  const part = data.subarray(margin, -margin);
  return { shape: [part.length], data: part };
};

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
