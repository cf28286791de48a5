/**
 * Pictures, sound and video in requests: data URLs or bare base64 from the public, `attachment:NAME` on the
 * inner hop.
 */
import { decodeBase64 } from './base64.ts';
import { type ErrorCode, Problem } from './errors.ts';

export type MediaKind = 'image' | 'audio' | 'video';

export type MediaSource =
  | { readonly kind: 'data'; readonly base64: string }
  | { readonly kind: 'attachment'; readonly name: string };

/** How each kind is refused. */
export interface MediaCodes {
  readonly tooMany: ErrorCode;
  readonly invalidUrl: ErrorCode;
  readonly unsupportedUrl: ErrorCode;
  readonly unsupportedType: ErrorCode;
  readonly invalidBase64: ErrorCode;
  readonly empty: ErrorCode;
}

export const mediaCodes: { readonly [Kind in MediaKind]: MediaCodes } = {
  image: {
    tooMany: 'too_many_images',
    invalidUrl: 'invalid_image_url',
    unsupportedUrl: 'unsupported_image_url',
    unsupportedType: 'unsupported_image_media_type',
    invalidBase64: 'invalid_base64_image',
    empty: 'empty_image_file',
  },
  audio: {
    tooMany: 'too_many_audios',
    invalidUrl: 'invalid_audio_url',
    unsupportedUrl: 'unsupported_audio_url',
    unsupportedType: 'unsupported_audio_format',
    invalidBase64: 'invalid_base64_audio',
    empty: 'empty_audio_file',
  },
  video: {
    tooMany: 'too_many_videos',
    invalidUrl: 'invalid_video_url',
    unsupportedUrl: 'unsupported_video_url',
    unsupportedType: 'unsupported_video_format',
    invalidBase64: 'invalid_base64_video',
    empty: 'empty_video_file',
  },
};

/**
 * What a data URL may call itself. The bytes decide in the end; this refuses only what is plainly something else. Sound
 * recorded by browsers comes in containers that are also video's.
 */
const mediaTypes: { readonly [Kind in MediaKind]: RegExp } = {
  image: /^image\/(png|jpe?g|webp|gif)$/,
  audio: /^(audio\/[\w.+-]+|application\/ogg|video\/(webm|mp4|ogg))$/,
  video: /^(video\/[\w.+-]+|application\/mp4|image\/(gif|webp))$/,
};

interface SourceOptions {
  /** Take `attachment:NAME`, which only the signed inner protocol may carry. */
  attachments?: boolean;
}

/**
 * What a part's `url` points at. Only the head is looked at; `bytesOfSource` checks the rest.
 *
 * Throws `Problem`: `unsupported_image_url`, `invalid_image_url`, `unsupported_image_media_type`,
 * `empty_image_file` or the like for sound and video, all with `param`.
 *
 *     parseMediaUrl('image', 'data:image/png;base64,iVBOR…', 'messages[0].content[1].image_url.url').kind // 'data'
 */
export function parseMediaUrl(
  kind: MediaKind,
  url: string,
  param: string,
  { attachments = false }: SourceOptions = {},
): MediaSource {
  const codes = mediaCodes[kind];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.slice(0, 64))?.[1]?.toLowerCase();
  if (scheme === 'attachment' && attachments) return attachment(url);
  if (scheme === 'http' || scheme === 'https') throw new Problem(codes.unsupportedUrl, { param });
  if (scheme !== 'data') throw new Problem(codes.invalidUrl, { param });
  // Not at the first comma: the type may have some in its parameters, such as codecs="vp8,opus".
  const mark = url.slice(0, mostHead).toLowerCase().indexOf(base64Mark);
  if (mark < 0) throw new Problem(codes.invalidUrl, { param });
  const head = url.slice('data:'.length, mark).toLowerCase();
  const comma = mark + base64Mark.length - 1;
  const mediaType = head.split(';')[0] ?? '';
  if (!mediaTypes[kind].test(mediaType)) throw new Problem(codes.unsupportedType, { param });
  if (comma === url.length - 1) throw new Problem(codes.empty, { param });
  return { kind: 'data', base64: url.slice(comma + 1) };
}

/** What the `data` of an `input_audio` or `input_video` holds. Throws `Problem` when that is nothing. */
export function parseInputData(
  kind: MediaKind,
  data: string,
  param: string,
  { attachments = false }: SourceOptions = {},
): MediaSource {
  // No base64 has a colon in it.
  if (attachments && data.startsWith(attachmentHead)) return attachment(data);
  if (data === '') throw new Problem(mediaCodes[kind].empty, { param });
  return { kind: 'data', base64: data };
}

/** The bytes of what came as base64. Throws `Problem`, `invalid_base64_audio` or the like. */
export function bytesOfSource(
  kind: MediaKind,
  { base64 }: Extract<MediaSource, { kind: 'data' }>,
  param: string,
): Uint8Array<ArrayBuffer> {
  return decodeBase64(base64, { code: mediaCodes[kind].invalidBase64, param });
}

/** What stands between the type of a data URL and its bytes, and in how many characters it is looked for. */
const base64Mark = ';base64,';
const mostHead = 256 + base64Mark.length;

const attachmentHead = 'attachment:';

const attachment = (url: string): MediaSource => ({
  kind: 'attachment',
  name: url.slice(attachmentHead.length),
});
