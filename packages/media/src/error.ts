/** Why a picture was refused; the same words the HTTP API uses as `error.code`. */
export type MediaErrorCode =
  | 'empty_image_file'
  | 'image_parse_error'
  | 'image_too_large'
  | 'invalid_image'
  | 'unsupported_image_media_type';

/** The picture, not the program, is at fault. The message is written for whoever sent the picture. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Why a sound was refused. */
export type AudioErrorCode =
  | 'audio_parse_error'
  | 'audio_too_large'
  | 'audio_too_long'
  | 'empty_audio_file'
  | 'invalid_audio'
  | 'unsupported_audio_format';

/**
 * The same for sounds. A class of its own, because servers hand the code of a `MediaError` on as the
 * API's, and the API has no codes for sounds.
 */
export class AudioError extends Error {
  override readonly name = 'AudioError';
  readonly code: AudioErrorCode;

  constructor(code: AudioErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
