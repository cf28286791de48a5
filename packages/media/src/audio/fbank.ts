import type { Features } from './features.ts';
import { PowerSpectrum } from './fft.ts';
import { kaldiMelFilters } from './mel.ts';

const sampleRateHz = 16_000;
const frameMs = 25;
const shiftSamples = 160;
const preEmphasis = 0.97;
/** Kaldi's features are of 16-bit integers. */
const inputScale = 32_768;
/** Epsilon of 32-bit floats: silence is ln of it, −15.9424. */
const energyFloor = 2 ** -23;

/** Window at `phase` 0 (first sample) to 1 (last sample); all symmetric. */
const windows = {
  povey: (phase: number) => (0.5 - 0.5 * Math.cos(2 * Math.PI * phase)) ** 0.85,
  hamming: (phase: number) => 0.54 - 0.46 * Math.cos(2 * Math.PI * phase),
};

export interface FbankOptions {
  readonly window: keyof typeof windows;
  /** Filters, and columns of the result; 80 unless given. */
  readonly melBins?: number;
  /**
   * What becomes of clips shorter than a frame of 25 ms. `drop`: they have no frame, as in Kaldi.
   * `shorten`: one frame as long as the clip, as in FunASR, if it has two samples or more.
   */
  readonly shortClips?: 'drop' | 'shorten';
}

/** Products in the order in which FunASR and torchaudio take them: rounding can cost a clip its last sample. */
const shortened = (samples: number): number =>
  Math.trunc(sampleRateHz * Math.min(frameMs, (samples / sampleRateHz) * 1000) * 0.001);

/**
 * Kaldi's log mel filter bank energies of `samples` [n] at 16 kHz in [−1, 1):
 * [1 + floor((n − 400) / 160), melBins], frames of 25 ms every 10 ms, dither 0, snip edges.
 *
 * After `compute-fbank-feats` (Kaldi's feat/feature-window.cc, feature-fbank.cc) and torchaudio's
 * `compliance.kaldi.fbank`. Each frame: mean removed, pre-emphasis, window, zeros to a power of two,
 * power spectrum, mel filters, floor, natural logarithm.
 *
 * `fbank(samples, { window: 'povey' })`; FunASR is `{ window: 'hamming', shortClips: 'shorten' }`.
 */
export function fbank(samples: Float32Array, options: FbankOptions): Features {
  const { window, melBins = 80, shortClips = 'drop' } = options;
  const length = shortClips === 'shorten' ? shortened(samples.length) : (sampleRateHz * frameMs) / 1000;
  if (length < 2 || samples.length < length) return { shape: [0, melBins], data: new Float32Array() };

  const weights = Float64Array.from({ length }, (_, at) => windows[window](at / (length - 1)));
  const size = 2 ** Math.ceil(Math.log2(length));
  const spectrum = new PowerSpectrum(size);
  const filters = kaldiMelFilters(size, melBins);
  const frames = 1 + Math.floor((samples.length - length) / shiftSamples);
  const data = new Float32Array(frames * melBins);
  const frame = new Float64Array(size);
  const power = new Float64Array(spectrum.bins);
  for (let index = 0; index < frames; index++) {
    const start = index * shiftSamples;
    let sum = 0;
    for (let at = 0; at < length; at++) sum += (samples[start + at] ?? 0) * inputScale;
    const mean = sum / length;
    // The first sample stands in for the one before it.
    let previous = (samples[start] ?? 0) * inputScale - mean;
    for (let at = 0; at < length; at++) {
      const value = (samples[start + at] ?? 0) * inputScale - mean;
      frame[at] = (value - preEmphasis * previous) * (weights[at] ?? 0);
      previous = value;
    }
    spectrum.transform(frame, power);
    for (let bin = 0; bin < melBins; bin++) {
      data[index * melBins + bin] = Math.log(Math.max(energyFloor, filters.energy(bin, power)));
    }
  }
  return { shape: [frames, melBins], data };
}
