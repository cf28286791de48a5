import { view } from '../formats/format.ts';
import { type AudioLimits, assertAudioSize, assertDuration, defaultAudioLimits } from './limits.ts';
import { corruptWav, readWavHeader, type WavHeader } from './wav-header.ts';

/** One channel of sound. */
export interface Waveform {
  readonly sampleRateHz: number;
  /** [samples], in [−1, 1). */
  readonly samples: Float32Array;
}

/** What the header says, before anything is decoded. */
export interface WavInfo {
  readonly encoding: string;
  readonly bitsPerSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Samples per channel that are in the file. */
  readonly frames: number;
}

/** The largest 32-bit float below 1. */
export const fullScale = 1 - 2 ** -24;

function inspect(bytes: Uint8Array, limits: AudioLimits): { header: WavHeader; frames: number } {
  assertAudioSize(bytes.length, limits);
  const header = readWavHeader(bytes);
  const frames = Math.floor(header.data.length / (header.channels * header.format.sizeBytes));
  assertDuration(frames, header.sampleRateHz, limits);
  return { header, frames };
}

/**
 * Format and length of a WAV file from its header alone; nothing is decoded.
 *
 * `inspectWav(bytes)` → `{ encoding: 'PCM', bitsPerSample: 16, channels: 1, sampleRateHz: 16000, frames: 24045 }`.
 * Throws `MediaError`, as `decodeWav` does.
 */
export function inspectWav(bytes: Uint8Array, limits: AudioLimits = defaultAudioLimits): WavInfo {
  const { header, frames } = inspect(bytes, limits);
  const { encoding, format, channels, sampleRateHz } = header;
  return { encoding, bitsPerSample: format.sizeBytes * 8, channels, sampleRateHz, frames };
}

/**
 * Decodes a WAV file: PCM of 8, 16, 24 or 32 bits, floats of 32 or 64, A-law and µ-law, any number
 * of channels, which are mixed down to their mean. Floats beyond full scale are clipped.
 *
 * A file cut off within its samples gives those that are there. Throws `MediaError`:
 * `empty_audio_file`, `invalid_audio` (not a WAV file), `unsupported_audio_format`, `audio_too_large`,
 * `audio_too_long`, `audio_parse_error` (a header not to be trusted, or samples that are not numbers).
 *
 * `decodeWav(bytes)` → `{ sampleRateHz: 44100, samples }`
 */
export function decodeWav(bytes: Uint8Array, limits: AudioLimits = defaultAudioLimits): Waveform {
  const { sampleRateHz, samples } = decodeWavPart(bytes, limits);
  return { sampleRateHz, samples };
}

/** `decodeWav`, and whether the file ended before its samples did. */
export function decodeWavPart(bytes: Uint8Array, limits: AudioLimits): Waveform & { truncated: boolean } {
  const { header, frames } = inspect(bytes, limits);
  const { format, channels, sampleRateHz } = header;
  const data = view(header.data);
  const samples = new Float32Array(frames);
  for (let frame = 0, at = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += format.sizeBytes) sum += format.read(data, at);
    if (!Number.isFinite(sum)) throw corruptWav(`sample ${frame} is not a number`);
    samples[frame] = Math.max(-1, Math.min(fullScale, sum / channels));
  }
  return { sampleRateHz, samples, truncated: header.cutOff };
}
