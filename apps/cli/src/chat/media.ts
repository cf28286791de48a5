import {
  audio,
  type ImageContentPart,
  type InputAudioContentPart,
  image,
  type VideoUrlContentPart,
  video,
} from '@x-llm/sdk';
import { UserError } from '../user-error.ts';

export type MediaPart = ImageContentPart | InputAudioContentPart | VideoUrlContentPart;

/** What can be shown or played to a model, and how a file of it is read. */
const readers = {
  image: { read: image, advice: 'Name a PNG, JPEG, WebP or GIF file after --image.' },
  audio: { read: audio, advice: 'Name a WAV, MP3, FLAC, Ogg, M4A or WebM file after --audio.' },
  video: { read: video, advice: 'Name an MP4, WebM, GIF or WebP file after --video.' },
} satisfies Record<string, { read: (file: string) => Promise<MediaPart>; advice: string }>;

export type MediaKind = keyof typeof readers;

export const mediaKinds = Object.keys(readers) as MediaKind[];

export const isMediaKind = (word: string): word is MediaKind => Object.hasOwn(readers, word);

/** Reads a picture, sound or video. Throws `UserError` for what is none. */
export async function readMedium(kind: MediaKind, file: string): Promise<MediaPart> {
  const { read, advice } = readers[kind];
  try {
    return await read(file);
  } catch (cause) {
    throw new UserError(`${file}: ${whyUnread(cause)}`, advice, { cause });
  }
}

/** Why a file could not be read, for a person. */
export function whyUnread(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : cause.message;
}
