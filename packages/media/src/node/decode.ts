import { audioFormatOf } from '../audio/containers.ts';
import type { DecodedAudio } from '../audio/decode.ts';
import { type AudioLimits, assertAudioSize, defaultAudioLimits } from '../audio/limits.ts';
import type { FrameSampling } from '../video/choose-frames.ts';
import { videoFormatOf } from '../video/containers.ts';
import { assertVideoSize, defaultVideoLimits, type VideoLimits } from '../video/limits.ts';
import { type Deadline, decodeInThread } from './pool.ts';
import type { DecodedVideo } from './task.ts';

export interface AudioOptions extends Deadline {
  limits?: Partial<AudioLimits> | undefined;
  /** What the sender says it is, `wav` or an ending of files; a sound that is something else is refused. */
  format?: string | undefined;
}

export interface VideoOptions extends Deadline {
  /** How many at most; 8 by default. */
  frames?: number | undefined;
  /** `uniform` by default. */
  sampling?: FrameSampling | undefined;
  /** Side of the square frames, in pixels; 224 by default. */
  size?: number | undefined;
  limits?: Partial<VideoLimits> | undefined;
  /** Whether to decode the sound too, to `speech`. */
  audio?: boolean | undefined;
}

const defaults = { frames: 8, size: 224 } as const;
/** More would be kept in memory than any model looks at. */
const most = { frames: 512, size: 2048, fps: 240 } as const;

/**
 * Decodes a sound in a thread: WAV, MP3, FLAC, Ogg (Vorbis, Opus), AAC, and the sound of MP4, QuickTime, WebM and
 * Matroska. Channels are mixed to their mean. Of a damaged file it gives what decodes, `truncated`.
 *
 * Throws `MediaError`: `empty_audio_file`, `invalid_audio`, `unsupported_audio_format`, `audio_too_large`,
 * `audio_too_long`, `audio_parse_error`, `no_audio_track`, `media_timeout`; or the signal's reason.
 *
 * `await decodeAudio(bytes)` → `{ samples, sampleRateHz: 44100, format: 'mp3', seconds: 1.5, truncated: false }`
 */
export const decodeAudio = (bytes: Uint8Array, options: AudioOptions = {}): Promise<DecodedAudio> =>
  audio(bytes, options, false);

/** `decodeAudio`, resampled to 16 kHz for the model. Throws the same. */
export const decodeSpeech = (bytes: Uint8Array, options: AudioOptions = {}): Promise<DecodedAudio> =>
  audio(bytes, options, true);

async function audio(bytes: Uint8Array, options: AudioOptions, speech: boolean): Promise<DecodedAudio> {
  const limits = { ...defaultAudioLimits, ...options.limits };
  assertAudioSize(bytes.length, limits);
  const format = audioFormatOf(bytes, options.format);
  const outcome = await decodeInThread({ kind: 'audio', bytes, format, limits, speech }, options);
  if (!('audio' in outcome)) throw new TypeError('decodeAudio: the thread answered something else');
  return outcome.audio;
}

/**
 * Decodes some frames of a video in a thread, upright, each as `prepareImage` prepares a picture: MP4, QuickTime, WebM,
 * Matroska (H.264, H.265, VP8, VP9, AV1, Motion JPEG), animated GIF and WebP. Only the frames asked for are kept; clips
 * with an index are sought in.
 *
 * Throws `MediaError`: `empty_video_file`, `invalid_video`, `unsupported_video_format`, `video_too_large`,
 * `video_too_long`, `video_parse_error`, `no_video_track`, `media_timeout`, with `audio` also those of `decodeAudio`
 * (a video without sound has no `speech`); or the signal's reason.
 *
 * `await decodeVideo(bytes, { frames: 4, size: 56 })` → `{ frames: [{ rgb, size: 56, seconds: 0 }, …], seconds: 2, … }`
 */
export async function decodeVideo(bytes: Uint8Array, options: VideoOptions = {}): Promise<DecodedVideo> {
  const { frames = defaults.frames, size = defaults.size, sampling = 'uniform' } = options;
  requireWithin('frames', frames, most.frames);
  requireWithin('size', size, most.size);
  if (sampling !== 'uniform' && !(sampling.fps > 0 && sampling.fps <= most.fps)) {
    throw new RangeError(`decodeVideo: fps must be above 0 and at most ${most.fps}, got ${sampling.fps}`);
  }
  const limits = { ...defaultVideoLimits, ...options.limits };
  assertVideoSize(bytes.length, limits);
  const format = videoFormatOf(bytes);
  // A video may be longer than a sound alone, and its sound is as long as it is.
  const audio = options.audio
    ? { ...defaultAudioLimits, maxBytes: limits.maxBytes, maxSeconds: limits.maxSeconds }
    : undefined;
  const outcome = await decodeInThread(
    { kind: 'video', bytes, format, options: { frames, sampling, size, limits }, audio },
    options,
  );
  if (!('video' in outcome)) throw new TypeError('decodeVideo: the thread answered something else');
  return outcome.video;
}

function requireWithin(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`decodeVideo: ${name} must be an integer from 1 to ${most}, got ${value}`);
}
