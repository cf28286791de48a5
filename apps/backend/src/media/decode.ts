/** Sound and video files as models take them. */
import { decodeWav, MediaError, resample } from '@x-llm/media';

export interface SpeechOptions {
  maxSeconds: number;
  /** What the file must be; left out, whatever can be read. */
  format?: string;
  deadlineMs: number;
  signal: AbortSignal;
}

export interface DecodedSpeech {
  /** Mono, at 16 kHz. */
  samples: Float32Array;
  seconds: number;
}

export interface VideoOptions {
  /** At most so many. */
  frames: number;
  /** So many for each second; left out, spread evenly over the whole. */
  framesPerSecond?: number;
  size: number;
  format?: string;
  deadlineMs: number;
  signal: AbortSignal;
}

export interface DecodedVideo {
  /** Each size · size · 3 bytes. */
  frames: Uint8Array[];
}

export async function readSpeech(bytes: Uint8Array, { maxSeconds }: SpeechOptions): Promise<DecodedSpeech> {
  const { samples, sampleRateHz } = decodeWav(bytes, { maxBytes: bytes.length, maxSeconds });
  const seconds = samples.length / sampleRateHz;
  return { samples: resample(samples, sampleRateHz), seconds };
}

export async function readVideo(_bytes: Uint8Array, _options: VideoOptions): Promise<DecodedVideo> {
  throw new MediaError('unsupported_video_format', 'Video is not decoded yet.');
}
