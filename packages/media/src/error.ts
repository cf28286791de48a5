/** Why a picture, a sound or a video was refused; the same words the HTTP API uses as `error.code`. */
export type MediaErrorCode = ImageErrorCode | AudioErrorCode | VideoErrorCode | 'media_timeout';

export type ImageErrorCode =
  | 'empty_image_file'
  | 'image_parse_error'
  | 'image_too_large'
  | 'invalid_image'
  | 'unsupported_image_media_type';

export type AudioErrorCode =
  | 'audio_parse_error'
  | 'audio_too_large'
  | 'audio_too_long'
  | 'empty_audio_file'
  | 'invalid_audio'
  | 'no_audio_track'
  | 'unsupported_audio_format';

export type VideoErrorCode =
  | 'empty_video_file'
  | 'invalid_video'
  | 'no_video_track'
  | 'unsupported_video_format'
  | 'video_parse_error'
  | 'video_too_large'
  | 'video_too_long';

/** The file, not the program, is at fault. The message is written for whoever sent the file. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
