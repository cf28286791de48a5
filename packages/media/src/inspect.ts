/** What the headers of sounds and videos say; nothing is decoded, so it runs in Workers too. mediabunny demuxes. */
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { audioContainers, audioFormatOf } from './audio/containers.ts';
import { type AudioLimits, assertAudioSize, assertSeconds, defaultAudioLimits } from './audio/limits.ts';
import { inspectWav } from './audio/wav.ts';
import type { AudioFormat, VideoFormat } from './containers.ts';
import { MediaError } from './error.ts';
import { inspectImage } from './formats/index.ts';
import { corruptVideo, videoFormatOf } from './video/containers.ts';
import {
  assertFrameSize,
  assertVideoSeconds,
  assertVideoSize,
  defaultVideoLimits,
  type VideoLimits,
} from './video/limits.ts';

export interface AudioInfo {
  readonly format: AudioFormat;
  /** `mp3`, `aac`, `opus`, …; undefined for one that is not known. */
  readonly codec: string | undefined;
  readonly seconds: number;
  readonly sampleRateHz: number;
  readonly channels: number;
}

export interface VideoInfo {
  readonly format: VideoFormat;
  /** `avc`, `hevc`, `vp9`, …; undefined for one that is not known. */
  readonly codec: string | undefined;
  /** As shown, after rotation. */
  readonly width: number;
  readonly height: number;
  /** Clockwise, already in `width` and `height`. */
  readonly rotationDegrees: number;
  /** Undefined for GIF and WebP, whose headers do not say. */
  readonly seconds: number | undefined;
  readonly frames: number | undefined;
  readonly framesPerSecond: number | undefined;
  readonly hasAudio: boolean;
}

/**
 * Container, codec and length of a sound. Throws `MediaError` as `decodeAudio` does, as far as headers tell.
 *
 * `await inspectAudio(bytes)` → `{ format: 'mp3', codec: 'mp3', seconds: 1, sampleRateHz: 44100, channels: 2 }`
 */
export async function inspectAudio(
  bytes: Uint8Array,
  limits: AudioLimits = defaultAudioLimits,
): Promise<AudioInfo> {
  assertAudioSize(bytes.length, limits);
  const format = audioFormatOf(bytes);
  if (format === 'wav') {
    const { encoding, frames, sampleRateHz, channels } = inspectWav(bytes, limits);
    return { format, codec: encoding, seconds: frames / sampleRateHz, sampleRateHz, channels };
  }
  const { name } = audioContainers[format];
  const info = await demux(bytes, async (input) => {
    const track = await input.getPrimaryAudioTrack();
    if (!track) return undefined;
    const seconds = await track.computeDuration();
    const codec = (await track.getCodec()) ?? undefined;
    const sampleRateHz = await track.getSampleRate();
    const channels = await track.getNumberOfChannels();
    return { format, codec, seconds, sampleRateHz, channels };
  }).catch((cause: unknown) => {
    throw new MediaError('audio_parse_error', `The ${name} audio is corrupt: its header cannot be read.`, {
      cause,
    });
  });
  if (!info) throw new MediaError('no_audio_track', `The ${name} file has no sound in it.`);
  assertSeconds(info.seconds, limits);
  return info;
}

/**
 * Container, codec, size and length of a video. Throws `MediaError` as `decodeVideo` does, as far as headers tell.
 *
 * `await inspectVideo(bytes)` → `{ format: 'mp4', codec: 'avc', width: 48, height: 64, rotationDegrees: 90, … }`
 */
export async function inspectVideo(
  bytes: Uint8Array,
  limits: VideoLimits = defaultVideoLimits,
): Promise<VideoInfo> {
  assertVideoSize(bytes.length, limits);
  const format = videoFormatOf(bytes);
  if (format === 'gif' || format === 'webp') return inspectAnimation(bytes, format, limits);
  const info = await demux(bytes, async (input) => {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return undefined;
    const { packetCount: frames, averagePacketRate: framesPerSecond } = await track.computePacketStats();
    return {
      format,
      codec: (await track.getCodec()) ?? undefined,
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      rotationDegrees: await track.getRotation(),
      seconds: await track.computeDuration(),
      frames,
      framesPerSecond,
      hasAudio: (await input.getPrimaryAudioTrack()) !== null,
    };
  }).catch((cause: unknown) => {
    throw corruptVideo(format, 'its header cannot be read', cause);
  });
  if (!info)
    throw new MediaError('no_video_track', `The ${format.toUpperCase()} file has no pictures in it.`);
  assertFrameSize(info.width, info.height, limits);
  assertVideoSeconds(info.seconds, limits);
  return info;
}

function inspectAnimation(bytes: Uint8Array, format: 'gif' | 'webp', limits: VideoLimits): VideoInfo {
  const { maxBytes, maxPixels } = limits;
  const { width, height, animated } = inspectImage(bytes, { maxBytes, maxPixels, maxSide: maxPixels });
  const frames = animated ? undefined : 1;
  const unknown = { seconds: undefined, framesPerSecond: undefined, hasAudio: false };
  return { format, codec: format, width, height, rotationDegrees: 0, frames, ...unknown };
}

async function demux<T>(bytes: Uint8Array, read: (input: Input) => Promise<T>): Promise<T> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    // A header that breaks off reads as one without tracks.
    if ((await input.getTracks()).length === 0) throw new RangeError('there are no tracks');
    return await read(input);
  } finally {
    input.dispose();
  }
}
