/** Media of a request, prepared at the edge or as uploaded, to what the engine takes. Refusals name the field. */
import { Problem } from '@x-llm/contract';
import {
  type Attachment,
  decodeSpeechSamples,
  isPreparedSpeechType,
  parsePreparedImageType,
} from '@x-llm/contract/inner';
import type { EngineModel, ImageInput, VideoInput } from '@x-llm/engine';
import { MediaError } from '@x-llm/media';
import type { Services } from '../handler.ts';
import { readSpeech, readVideo } from './decode.ts';

export interface MediaFile extends Pick<Attachment, 'mediaType' | 'bytes'> {
  /** What it must be, `wav`; undefined for whatever can be read. */
  readonly format?: string | undefined;
  /** The field it came in, for refusals. */
  readonly param: string;
}

type Parts = Pick<Services, 'images' | 'limits'>;

/** Pixels as the edge prepared them, or a picture file made so here. */
export async function toImage(
  { mediaType, bytes, param }: MediaFile,
  size: number,
  { images }: Parts,
  signal: AbortSignal,
): Promise<ImageInput> {
  const ready = parsePreparedImageType(mediaType);
  if (ready === undefined) {
    return { rgb: await blaming(param, images.prepare(bytes, size, signal)), size };
  }
  if (ready.width !== size || ready.height !== size || bytes.length !== size * size * 3) {
    const got = `${ready.width}×${ready.height} in ${bytes.length} bytes`;
    throw new Problem('invalid_image', {
      param,
      message: `Prepared pixels must be ${size}×${size} RGB, got ${got}.`,
    });
  }
  return { rgb: bytes, size };
}

/** Sound of at most `maxSeconds`, at the model's rate. */
export async function toSpeech(
  { mediaType, bytes, format, param }: MediaFile,
  maxSeconds: number,
  { limits }: Parts,
  signal: AbortSignal,
): Promise<Float32Array> {
  if (!isPreparedSpeechType(mediaType)) {
    const options = { maxSeconds, deadlineMs: limits.decodeTimeoutMs, signal, ...(format && { format }) };
    return blaming(param, readSpeech(bytes, options));
  }
  if (bytes.length % 2 !== 0) {
    throw new Problem('invalid_audio', { param, message: 'Prepared samples must have 16 bits each.' });
  }
  if (bytes.length === 0) throw new Problem('empty_audio_file', { param });
  assertHeard(bytes.length / 2 / preparedRateHz, maxSeconds, param);
  return decodeSpeechSamples(bytes);
}

function assertHeard(seconds: number, maxSeconds: number, param: string): void {
  if (seconds <= maxSeconds) return;
  const message = `The sound lasts ${seconds.toFixed(1)} s; at most ${maxSeconds} s are taken.`;
  throw new Problem('audio_too_long', { param, message });
}

/** Of `preparedSpeechType`, and of every model there is. */
const preparedRateHz = 16_000;

export interface FrameChoice {
  num_frames?: number | null | undefined;
  fps?: number | null | undefined;
}

export interface WatchedVideo {
  readonly video: VideoInput;
  /** Its sound at the model's rate; undefined when it has none, or when it was not asked for. */
  readonly samples: Float32Array | undefined;
}

/** The frames that were asked for, or as many as the model looks at; with its sound where `hearSeconds` says how much. */
export async function toVideo(
  { bytes, format, param }: MediaFile,
  model: NonNullable<EngineModel['video']>,
  { num_frames: frames, fps, hearSeconds }: FrameChoice & { readonly hearSeconds?: number | undefined },
  { limits }: Parts,
  signal: AbortSignal,
): Promise<WatchedVideo> {
  const { size } = model;
  const options = {
    frames: frames ?? model.frames,
    size,
    hears: hearSeconds !== undefined,
    deadlineMs: limits.decodeTimeoutMs,
    signal,
    ...(fps != null && { framesPerSecond: fps }),
    ...(format && { format }),
  };
  const { pictures, samples } = await blaming(param, readVideo(bytes, options));
  if (samples && hearSeconds !== undefined) assertHeard(samples.length / preparedRateHz, hearSeconds, param);
  return { video: { frames: pictures.map((rgb) => ({ rgb, size })) }, samples };
}

/** The codes of media are the contract's, and their messages are written for whoever sent the file. */
async function blaming<Result>(param: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    throw new Problem(error.code, { param, message: error.message, cause: error });
  }
}
