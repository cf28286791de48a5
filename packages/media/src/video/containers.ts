import { containerOf, refusedContainer, type VideoFormat } from '../containers.ts';
import { MediaError } from '../error.ts';
import type { Demuxer } from '../ffmpeg/decoder.ts';

interface VideoContainer {
  readonly name: string;
  /** FFmpeg does not read animated WebP; libvips does. */
  readonly demuxer: Demuxer | 'webp';
}

export const videoContainers: Readonly<Record<VideoFormat, VideoContainer>> = {
  mp4: { name: 'MP4', demuxer: 'mov' },
  mov: { name: 'QuickTime', demuxer: 'mov' },
  webm: { name: 'WebM', demuxer: 'matroska' },
  matroska: { name: 'Matroska', demuxer: 'matroska' },
  gif: { name: 'GIF', demuxer: 'gif' },
  webp: { name: 'WebP', demuxer: 'webp' },
};

const accepted = 'send MP4, WebM, GIF or WebP';

/**
 * The container of a video. Throws `no_video_track` for a sound, `unsupported_video_format` for what is known and not
 * decoded, `invalid_video` for the rest.
 */
export function videoFormatOf(bytes: Uint8Array): VideoFormat {
  const container = containerOf(bytes);
  if (container !== undefined) {
    if (Object.hasOwn(videoContainers, container)) return container as VideoFormat;
    throw new MediaError('no_video_track', `The ${container.toUpperCase()} file has no pictures in it.`);
  }
  const name = refusedContainer(bytes);
  if (name !== undefined) {
    throw new MediaError('unsupported_video_format', `${name} is not supported as video; ${accepted}.`);
  }
  throw new MediaError('invalid_video', `The data is not a video; ${accepted}.`);
}

export const corruptVideo = (format: VideoFormat, what: string, cause?: unknown): MediaError =>
  new MediaError('video_parse_error', `The ${videoContainers[format].name} video is corrupt: ${what}.`, {
    cause,
  });
