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
