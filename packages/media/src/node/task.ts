/** What goes to a decoding thread and comes back. */
import type { DecodedAudio } from '../audio/decode.ts';
import type { AudioLimits } from '../audio/limits.ts';
import type { AudioFormat, VideoFormat } from '../containers.ts';
import type { MediaErrorCode } from '../error.ts';
import type { DecoderModule } from '../ffmpeg/decoder.ts';
import type { DecodedFrames, FrameOptions } from '../video/decode.ts';

export interface AudioTask {
  readonly kind: 'audio';
  readonly module: DecoderModule;
  readonly bytes: Uint8Array;
  readonly format: AudioFormat;
  readonly limits: AudioLimits;
  /** At 16 kHz, for the model. */
  readonly speech: boolean;
}

export interface VideoTask {
  readonly kind: 'video';
  readonly module: DecoderModule;
  readonly bytes: Uint8Array;
  readonly format: VideoFormat;
  readonly options: FrameOptions;
  /** Limits of the audio track, if it is wanted. */
  readonly audio: AudioLimits | undefined;
}

export type Task = AudioTask | VideoTask;

/** [samples] at 16 kHz; left out for a video without sound, or when it was not asked for. */
export interface DecodedVideo extends DecodedFrames {
  readonly speech?: Float32Array;
}

/** Errors lose their `code` on the way between threads, so a refusal is a value. */
export type Outcome =
  | { readonly audio: DecodedAudio }
  | { readonly video: DecodedVideo }
  | { readonly code: MediaErrorCode; readonly message: string };
