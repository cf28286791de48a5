import { type AudioFormat, containerOf, refusedContainer } from '../containers.ts';
import { MediaError } from '../error.ts';
import type { Demuxer } from '../ffmpeg/decoder.ts';

interface AudioContainer {
  /** As people know it. */
  readonly name: string;
  /** What a sender may call it: the `format` of the API's `input_audio`, endings of files. */
  readonly declared: readonly string[];
  /** `wav` has a decoder of its own. */
  readonly demuxer: Demuxer | 'wav';
}

export const audioContainers: Readonly<Record<AudioFormat, AudioContainer>> = {
  wav: { name: 'WAV', declared: ['wav', 'wave'], demuxer: 'wav' },
  mp3: { name: 'MP3', declared: ['mp3', 'mpga', 'mpeg'], demuxer: 'mp3' },
  flac: { name: 'FLAC', declared: ['flac'], demuxer: 'flac' },
  ogg: { name: 'Ogg', declared: ['ogg', 'oga', 'opus', 'vorbis'], demuxer: 'ogg' },
  mp4: { name: 'MP4', declared: ['mp4', 'm4a', 'm4b', 'aac', 'alac', 'mov'], demuxer: 'mov' },
  mov: { name: 'QuickTime', declared: ['mov', 'mp4', 'm4a'], demuxer: 'mov' },
  aac: { name: 'AAC', declared: ['aac', 'adts'], demuxer: 'aac' },
  webm: { name: 'WebM', declared: ['webm', 'weba', 'mkv', 'mka', 'opus'], demuxer: 'matroska' },
  matroska: { name: 'Matroska', declared: ['mkv', 'mka', 'webm'], demuxer: 'matroska' },
};

const accepted = 'send WAV, MP3, FLAC, Ogg, M4A or WebM';

/**
 * The container of a sound. Throws `invalid_audio` for what is none or is not what it is declared as,
 * `unsupported_audio_format` for one that is known and not decoded, or declared as one.
 */
export function audioFormatOf(bytes: Uint8Array, declared?: string): AudioFormat {
  const container = containerOf(bytes);
  if (container === undefined || !isAudioFormat(container)) {
    const name = container?.toUpperCase() ?? refusedContainer(bytes);
    if (name !== undefined) {
      throw new MediaError('unsupported_audio_format', `${name} is not supported as audio; ${accepted}.`);
    }
    throw new MediaError('invalid_audio', `The data is not an audio file; ${accepted}.`);
  }
  if (declared === undefined) return container;
  const wanted = declared.toLowerCase();
  if (!Object.values(audioContainers).some((row) => row.declared.includes(wanted))) {
    throw new MediaError(
      'unsupported_audio_format',
      `The audio format "${declared}" is not known; ${accepted}.`,
    );
  }
  const { name, declared: names } = audioContainers[container];
  if (!names.includes(wanted)) {
    throw new MediaError('invalid_audio', `The audio is declared as ${wanted} and is ${name}.`);
  }
  return container;
}

const isAudioFormat = (container: string): container is AudioFormat =>
  Object.hasOwn(audioContainers, container);
