/** Pictures, sound and video of any origin as content parts. */
import type {
  AudioFormat,
  ImageContentPart,
  InputAudioContentPart,
  VideoUrlContentPart,
} from '@x-llm/contract';
import { bytesOf, formatOf, type MediaSource, type ReadFile, type Signature, toBase64 } from './source.ts';

export type ImageDetail = NonNullable<ImageContentPart['image_url']['detail']>;

export interface ImageOptions {
  detail?: ImageDetail;
}

const images: readonly Signature<string>[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
];

const matroska = '\x1a\x45\xdf\xa3';

const sounds: readonly Signature<AudioFormat>[] = [
  ['wav', 8, 'WAVE'],
  ['flac', 0, 'fLaC'],
  ['ogg', 0, 'OggS'],
  ['webm', 0, matroska],
  ['m4a', 4, 'ftyp'],
  ['mp3', 0, 'ID3'],
  // AAC's frames, of MPEG 4 and 2; they begin like those of MP3, but for the layer.
  ...['\xff\xf0', '\xff\xf1', '\xff\xf8', '\xff\xf9'].map((start) => ['aac', 0, start] as const),
  // Without a tag: the frames of layer III of MPEG 1, 2 and 2.5, with checksum and without.
  ...['\xff\xfa', '\xff\xfb', '\xff\xf2', '\xff\xf3', '\xff\xe2', '\xff\xe3'].map(
    (start) => ['mp3', 0, start] as const,
  ),
];

const videos: readonly Signature<string>[] = [
  ['video/quicktime', 4, 'ftypqt'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, matroska],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
];

/** `image()`, `audio()` and `video()` for a platform that can, or cannot, read files. */
export function createMedia(readFile: ReadFile) {
  /**
   * A content part from a picture. The media type comes from the bytes, not from a name.
   * Throws `XLLMError` for what is not a PNG, JPEG, WebP or GIF.
   *
   *     { role: 'user', content: [await image(file), { type: 'text', text: 'What is this?' }] }
   */
  async function image(source: MediaSource, options: ImageOptions = {}): Promise<ImageContentPart> {
    const bytes = await bytesOf(source, readFile);
    const mediaType = formatOf(bytes, images, 'a PNG, JPEG, WebP or GIF');
    return { type: 'image_url', image_url: { url: dataUrl(mediaType, bytes), ...options } };
  }

  /**
   * A content part from speech. Throws `XLLMError` for what is not a WAV, MP3, FLAC, Ogg, M4A or WebM file.
   *
   *     { role: 'user', content: [await image(picture), await audio(question)] }
   */
  async function audio(source: MediaSource): Promise<InputAudioContentPart> {
    const bytes = await bytesOf(source, readFile);
    const format = formatOf(bytes, sounds, 'a WAV, MP3, FLAC, Ogg, M4A or WebM file');
    return { type: 'input_audio', input_audio: { data: toBase64(bytes), format } };
  }

  /**
   * A content part from a video. Throws `XLLMError` for what is not an MP4, WebM, GIF or WebP.
   *
   *     { role: 'user', content: [await video(clip), { type: 'text', text: 'What happens here?' }] }
   */
  async function video(source: MediaSource): Promise<VideoUrlContentPart> {
    const bytes = await bytesOf(source, readFile);
    const mediaType = formatOf(bytes, videos, 'an MP4, WebM, GIF or WebP');
    return { type: 'video_url', video_url: { url: dataUrl(mediaType, bytes) } };
  }

  return { image, audio, video };
}

const dataUrl = (mediaType: string, bytes: Uint8Array) => `data:${mediaType};base64,${toBase64(bytes)}`;
