/** Compressed sound to samples: FFmpeg's decoder, bounded, with the file's faults told apart. */
import type { AudioFormat } from '../containers.ts';
import { MediaError } from '../error.ts';
import { Decoder, type DecoderModule, status } from '../ffmpeg/decoder.ts';
import { audioContainers } from './containers.ts';
import { type AudioLimits, assertAudioSize, assertDuration, assertSeconds } from './limits.ts';
import { oggIsComplete } from './ogg.ts';
import { decodeWavPart, fullScale } from './wav.ts';

export interface DecodedAudio {
  /** [samples], mono, in [−1, 1). */
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
  readonly format: AudioFormat;
  readonly seconds: number;
  /** The file broke off or was damaged: what does not decode is missing, or silent where the file has times. */
  readonly truncated: boolean;
}

/** Packets before the first sound that may fail; MP3 streams cut at random begin with such. */
const toleratedFailures = 16;
/** Packets in a row that may fail later on: more are seconds of noise, behind which nothing is looked for. */
const toleratedDamage = 256;
/** A frame that comes later than the sound before it ended, by more than clocks drift, is put at its time, … */
const leastGapSeconds = 0.05;
/** … unless it jumps further than damage does: then another clock begins, and it follows at once. */
const mostGapSeconds = 10;
/** A sound shorter than declared by more than this was cut off; encoders' padding is below. */
const slackSeconds = 0.1;

/**
 * Decodes a sound of a known container. The decoder's memory is given back with it. Throws `MediaError`:
 * `audio_parse_error`, `audio_too_large`, `audio_too_long`, `empty_audio_file`, `no_audio_track`,
 * `unsupported_audio_format`.
 */
export function decodeAudioFile(
  module: DecoderModule,
  bytes: Uint8Array,
  format: AudioFormat,
  limits: AudioLimits,
): DecodedAudio {
  assertAudioSize(bytes.length, limits);
  const { demuxer, name } = audioContainers[format];
  if (demuxer === 'wav') {
    const { samples, sampleRateHz, truncated } = decodeWavPart(bytes, limits);
    return { samples, sampleRateHz, format, seconds: samples.length / sampleRateHz, truncated };
  }
  // Outside of `try`: a decoder that does not start is no fault of the file.
  const decoder = new Decoder(module, bytes);
  try {
    openAudio(decoder, decoder.open({ demuxer, kind: 'audio', maxPixels: limits.maxSamples }), name);
    const sound = readSamples(decoder, name, limits);
    return { ...sound, format, truncated: sound.truncated || (format === 'ogg' && !oggIsComplete(bytes)) };
  } catch (error) {
    if (error instanceof MediaError || error instanceof RangeError) throw error;
    // A trap or an abort of the decoder: nothing but this file brought it there.
    throw new MediaError('audio_parse_error', `The ${name} audio is corrupt.`, { cause: error });
  }
}

function openAudio(decoder: Decoder, opened: number, name: string): void {
  if (opened === status.noTrack) {
    throw new MediaError('no_audio_track', `The ${name} file has no sound in it.`);
  }
  if (opened === status.unsupported) {
    throw new MediaError(
      'unsupported_audio_format',
      `${name} files with ${decoder.codec()} are not supported; send AAC, MP3, Opus, Vorbis or FLAC.`,
    );
  }
  if (opened === status.tooLarge) throw outOfMemory();
  if (opened < 0) throw corrupt(name, 'its header cannot be read');
}

function readSamples(decoder: Decoder, name: string, limits: AudioLimits): Omit<DecodedAudio, 'format'> {
  const { c } = decoder;
  const declaredSeconds = c.media_duration() / 1e6;
  assertSeconds(declaredSeconds, limits);
  const sound = new Timeline();
  let failures = 0;
  let truncated = false;
  for (;;) {
    const got = c.media_decode(0);
    if (got === status.tooLarge) throw outOfMemory();
    if (got === status.end) break;
    if (got !== status.frame) {
      truncated = true;
      if (++failures > (sound.length > 0 ? toleratedDamage : toleratedFailures)) break;
      continue;
    }
    failures = 0;
    // What comes after a change of rate would play at the wrong speed.
    if (sound.length > 0 && c.frame_sample_rate() !== sound.sampleRateHz) {
      truncated = true;
      break;
    }
    const samples = decoder.mono();
    clip(samples, name);
    sound.add(samples, c.frame_sample_rate(), c.frame_time());
    if (sound.length > 0) assertDuration(sound.length, sound.sampleRateHz, limits);
  }
  if (sound.length === 0) throw corrupt(name, 'no sound can be decoded');
  const { sampleRateHz } = sound;
  const seconds = sound.length / sampleRateHz;
  truncated ||= c.media_broke() !== 0 || seconds + slackSeconds < declaredSeconds;
  return { samples: sound.samples(), sampleRateHz, seconds, truncated };
}

/** Frames one after the other, with silence where the file's times say that some are missing. */
class Timeline {
  sampleRateHz = 0;
  length = 0;
  /** By how much the file's times are ahead of the samples: its first frame's time, at first. */
  #aheadSeconds: number | undefined;
  readonly #parts: Float32Array[] = [];

  /** A frame's samples at its time in microseconds, −1 where the file has none. */
  add(samples: Float32Array, sampleRateHz: number, time: number): void {
    this.sampleRateHz = sampleRateHz;
    if (time >= 0) {
      const ahead = time / 1e6 - this.length / sampleRateHz;
      this.#aheadSeconds ??= ahead;
      const gap = ahead - this.#aheadSeconds;
      if (gap > leastGapSeconds && gap <= mostGapSeconds) {
        this.#push(new Float32Array(Math.round(gap * sampleRateHz)));
      } else if (Math.abs(gap) > leastGapSeconds) {
        this.#aheadSeconds = ahead;
      }
    }
    this.#push(samples);
  }

  #push(part: Float32Array): void {
    this.#parts.push(part);
    this.length += part.length;
  }

  samples(): Float32Array {
    const all = new Float32Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** Lossy decoders overshoot; what is not a number is a fault of the file. */
function clip(samples: Float32Array, name: string): void {
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] ?? 0;
    if (sample >= -1 && sample < 1) continue;
    if (Number.isNaN(sample)) throw corrupt(name, 'a sample is not a number');
    samples[at] = sample < 0 ? -1 : fullScale;
  }
}

const corrupt = (name: string, what: string): MediaError =>
  new MediaError('audio_parse_error', `The ${name} audio is corrupt: ${what}.`);

const outOfMemory = (): MediaError =>
  new MediaError('audio_too_large', 'The audio takes more memory to decode than there is for it.');
