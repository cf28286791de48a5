/** From WAV files to features, and resampling: golden folder `frontend-audio`. */
import { readFileSync } from 'node:fs';
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  applyCmvn,
  decodeWav,
  type Features,
  fbank,
  kaldiMelFilters,
  logMel,
  lowFrameRate,
  parseCmvn,
  whisperMelFilters,
  whisperSamples,
} from '@x-llm/media';
import { absolute, type Comparison, compare, mean, sameNumbers, type Values } from '../comparison.ts';
import type { GoldenFolder } from '../folder.ts';
import type { Kind } from '../kind.ts';
import { resampling } from './frontend-audio-resample.ts';

/** From the folder's README. */
const tolerance = {
  kaldi: [absolute(3e-2), mean(5e-4)],
  whisper: [absolute(5e-4), mean(2e-5)],
  melFilters: [absolute(1e-6)],
};

export const frontendAudioKind: Kind = {
  summary: 'Kaldi fbank, low frame rate with CMVN, Whisper log-mel, and resampling, from WAV files',
  files: ['config.json', 'am.mvn', 'clips', 'resample', 'expected.safetensors'],
  async check(folder) {
    const expected = await folder.tensors('expected.safetensors');
    const names = [...expected.tensors.keys()].filter((name) => !name.startsWith('resample.'));
    const features = featuresOf(folder);
    return [
      ...frameCounts(folder, features),
      ...names.flatMap((name) => tensor(name, expected, features)),
      ...whisperRest(folder, expected, features),
      ...resampling(folder, expected),
    ];
  },
};

/** Everything the folder may expect, by `KIND.CLIP`; undefined for a kind that there is not. */
type FeaturesOf = (name: string) => Values | undefined;

function featuresOf(folder: GoldenFolder): FeaturesOf {
  const config = folder.json('config.json').object('config');
  const melBins = config.object('fbank_povey').number('num_mel_bins');
  const [stack, step] = ['lfr_m', 'lfr_n'].map((field) => config.object('lfr_cmvn').number(field));
  const cmvn = parseCmvn(readFileSync(folder.file('am.mvn'), 'utf8'));
  const funAsr = (samples: Float32Array): Features =>
    fbank(samples, { window: 'hamming', melBins, shortClips: 'shorten' });
  const kinds: Readonly<Record<string, (samples: Float32Array) => Features>> = {
    fbank_povey: (samples) => fbank(samples, { window: 'povey', melBins }),
    fbank_hamming: funAsr,
    lfr: (samples) => lowFrameRate(funAsr(samples), stack, step),
    lfr_cmvn: (samples) => applyCmvn(lowFrameRate(funAsr(samples), stack, step), cmvn),
    whisper: (samples) => logMel(samples),
    whisper30: (samples) => logMel(samples, { paddedSamples: whisperSamples }),
  };
  const found = new Map<string, Values>();
  return (name) => {
    const [kind, clip] = split(name);
    if (kind === 'mel_filters') return melFilters(clip);
    const compute = kinds[kind];
    if (!compute) return undefined;
    const known = found.get(name);
    if (known) return known;
    const { samples } = decodeWav(readFileSync(folder.file(`clips/${clip}.wav`)));
    const features = compute(samples);
    found.set(name, features);
    return features;
  };
}

/** `fbank_povey.clip` → `fbank_povey` and `clip`. */
function split(name: string): [string, string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function melFilters(name: string): Values | undefined {
  if (name === 'kaldi') return kaldiMelFilters(512);
  if (name !== 'whisper') return undefined;
  // The folder has Whisper's the other way round, [bins, filters].
  const { shape, data } = whisperMelFilters();
  const [filters, bins] = shape;
  const turned = Float64Array.from(
    data,
    (_, at) => data[(at % filters) * bins + Math.floor(at / filters)] ?? 0,
  );
  return { shape: [bins, filters], data: turned };
}

function tensor(name: string, expected: SafetensorsFile, features: FeaturesOf): Comparison[] {
  const wanted: Values = { shape: expected.info(name).shape, data: expected.readFloat32(name) };
  const [kind] = split(name);
  const actual = features(name);
  const compared = actual && beginning(kind, actual, wanted.shape);
  return tolerancesOf(kind).map((by) => compare(name, compared, wanted, by));
}

function tolerancesOf(kind: string) {
  if (kind === 'mel_filters') return tolerance.melFilters;
  return kind.startsWith('whisper') ? tolerance.whisper : tolerance.kaldi;
}

/** Of some features the folder has the first frames only: rows, or columns of Whisper's. */
function beginning(kind: string, actual: Values, wanted: readonly number[]): Values {
  const [rows = 0, columns = 0] = actual.shape;
  const [wantedRows = 0, wantedColumns = 0] = wanted;
  if (['fbank_hamming', 'lfr'].includes(kind)) return part(actual, 0, Math.min(rows, wantedRows), 0, columns);
  if (kind === 'whisper30') return part(actual, 0, rows, 0, Math.min(columns, wantedColumns));
  return actual;
}

function part(
  { shape, data }: Values,
  fromRow: number,
  toRow: number,
  fromColumn: number,
  toColumn: number,
): Values {
  const width = shape[1] ?? 0;
  const out: number[] = [];
  for (let row = fromRow; row < toRow; row++) {
    for (let column = fromColumn; column < toColumn; column++) out.push(Number(data[row * width + column]));
  }
  return { shape: [toRow - fromRow, toColumn - fromColumn], data: out };
}

/** How many frames each clip has, of everything that config.json counts. */
function frameCounts(folder: GoldenFolder, features: FeaturesOf): Comparison[] {
  const clips = folder.json('config.json').object('info').object('frames');
  return clips.keys().map((clip) => {
    const counts = clips.object(clip);
    const kinds = counts.keys().filter((kind) => kind !== 'samples');
    const actual = kinds.map((kind) => {
      const shape = features(`${kind}.${clip}`)?.shape;
      return (kind.startsWith('whisper') ? shape?.[1] : shape?.[0]) ?? Number.NaN;
    });
    return sameNumbers(
      `frames.${clip}`,
      actual,
      kinds.map((kind) => counts.number(kind)),
    );
  });
}

/** The columns of `whisper30` that the folder leaves out all have one value. */
function whisperRest(folder: GoldenFolder, expected: SafetensorsFile, features: FeaturesOf): Comparison[] {
  const rest = folder.json('config.json').object('info').object('whisper30_rest_value');
  return rest.keys().flatMap((clip) => {
    const name = `whisper30.${clip}`;
    const actual = features(name);
    if (!actual) return [];
    const [rows = 0, columns = 0] = actual.shape;
    const given = expected.info(name).shape[1] ?? 0;
    const values = part(actual, 0, rows, given, columns);
    const data = new Float64Array(values.data.length).fill(rest.number(clip));
    return tolerance.whisper.map((by) => compare(`${name} rest`, values, { shape: values.shape, data }, by));
  });
}
