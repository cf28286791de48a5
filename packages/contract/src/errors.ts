/**
 * The one error table: every code the API can answer with, its status, its family and what to tell the
 * person. Servers build responses from it and the SDK builds its classes from the statuses in it.
 */
import type { components } from './generated/types.ts';

export type ErrorCode = components['schemas']['ErrorCode'];
export type ErrorType = components['schemas']['ErrorType'];
export type ErrorResponse = components['schemas']['ErrorResponse'];

export interface ErrorRow {
  readonly status: number;
  readonly type: ErrorType;
  /** Used where nothing more precise is known. Never internals. */
  readonly message: string;
  /** Sent as `retry-after` unless the one who refuses knows better. */
  readonly retryAfterSeconds?: number;
  /** Sent as `x-should-retry`, where clients would guess wrong from the status. */
  readonly shouldRetry?: boolean;
}

const invalid = (message: string) => ({ status: 400, type: 'invalid_request_error', message }) as const;

export const errorTable = {
  invalid_json: invalid('The body is not valid JSON.'),
  invalid_form: invalid('The body is not a valid multipart/form-data form.'),
  invalid_type: invalid('A value has the wrong type.'),
  invalid_value: invalid('A value is not one that is allowed here.'),
  missing_required_parameter: invalid('A required field is missing.'),
  empty_array: invalid('A list is empty that must not be.'),
  array_above_max_length: invalid('A list is too long.'),
  unsupported_parameter: invalid('This option is not supported; leave it out.'),
  unsupported_value: invalid('This value is not supported.'),
  unsupported_content_part: invalid('The model does not take parts of this type.'),
  context_length_exceeded: invalid("The messages are longer than the model's context; shorten them."),
  too_many_images: invalid('The request holds more pictures than are allowed.'),
  too_many_audios: invalid('The request holds more sounds than are allowed.'),
  too_many_videos: invalid('The request holds more videos than are allowed.'),
  invalid_base64_audio: invalid("The sound's data is not valid base64; a data: URL goes into audio_url."),
  invalid_base64_video: invalid("The video's data is not valid base64; a data: URL goes into video_url."),
  invalid_audio_url: invalid('Not a data URL; send data:audio/wav;base64,… (or mp3, ogg …).'),
  invalid_video_url: invalid('Not a data URL; send data:video/mp4;base64,… (or webm …).'),
  unsupported_audio_url: invalid('Remote sounds are not fetched; send the sound itself as a data URL.'),
  unsupported_video_url: invalid('Remote videos are not fetched; send the video itself as a data URL.'),
  invalid_image: invalid('The picture is damaged or not a picture; send a PNG, JPEG, WebP or GIF.'),
  invalid_base64_image: invalid("The picture's data URL does not hold valid base64."),
  invalid_image_url: invalid('Not a data URL; send data:image/png;base64,… (or jpeg, webp, gif).'),
  unsupported_image_url: invalid('Remote pictures are not fetched; send the picture itself as a data URL.'),
  unsupported_image_media_type: invalid(
    'This kind of picture is not supported; send a PNG, JPEG, WebP or GIF.',
  ),
  image_too_large: invalid('The picture has too many pixels; send a smaller one.'),
  image_parse_error: invalid('The picture could not be decoded; it may be cut off.'),
  empty_image_file: invalid('The picture is empty.'),
  empty_audio_file: invalid('The sound is empty.'),
  invalid_audio: invalid('The sound is damaged or not a sound; send WAV, MP3, FLAC, Ogg, M4A or WebM.'),
  unsupported_audio_format: invalid(
    'This kind of sound is not supported; send WAV, MP3, FLAC, Ogg, M4A or WebM.',
  ),
  audio_too_large: invalid('The sound has too many bytes; send a shorter or compressed one.'),
  audio_too_long: invalid('The sound lasts too long; send a shorter one.'),
  audio_parse_error: invalid('The sound could not be decoded; it may be cut off.'),
  no_audio_track: invalid('The file has no sound in it.'),
  empty_video_file: invalid('The video is empty.'),
  invalid_video: invalid('The video is damaged or not a video; send MP4, WebM, GIF or WebP.'),
  unsupported_video_format: invalid('This kind of video is not supported; send MP4, WebM, GIF or WebP.'),
  video_too_large: invalid('The video has too many bytes or pixels; send a smaller one.'),
  video_too_long: invalid('The video lasts too long; send a shorter one.'),
  video_parse_error: invalid('The video could not be decoded; it may be cut off.'),
  no_video_track: invalid('The file has no pictures in it.'),
  media_timeout: invalid('The file took too long to decode; send a shorter or smaller one.'),
  invalid_api_key: {
    status: 401,
    type: 'invalid_request_error',
    message: 'The API key is missing or wrong; send it as Authorization: Bearer KEY.',
  },
  invalid_signature: {
    status: 401,
    type: 'invalid_request_error',
    message: 'This server only takes requests that its gateway signed.',
  },
  model_not_found: {
    status: 404,
    type: 'invalid_request_error',
    message: 'There is no such model; GET /v1/models lists those there are.',
  },
  not_found: { status: 404, type: 'invalid_request_error', message: 'There is nothing at this address.' },
  method_not_allowed: {
    status: 405,
    type: 'invalid_request_error',
    message: 'This address does not take this method.',
  },
  request_timeout: {
    status: 408,
    type: 'invalid_request_error',
    message: 'The request took too long to arrive.',
  },
  request_too_large: {
    status: 413,
    type: 'invalid_request_error',
    message: 'The request is larger than this server takes; send smaller media.',
    shouldRetry: false,
  },
  unsupported_media_type: {
    status: 415,
    type: 'invalid_request_error',
    message: 'The body has the wrong content type for this address.',
  },
  rate_limit_exceeded: {
    status: 429,
    type: 'rate_limit_error',
    message: 'Too many requests for this key; slow down.',
    retryAfterSeconds: 1,
  },
  overloaded: {
    status: 429,
    type: 'rate_limit_error',
    message: 'Too many requests are waiting; try again in a moment.',
    retryAfterSeconds: 1,
  },
  internal_error: {
    status: 500,
    type: 'server_error',
    message: 'Something went wrong on our side. The request id names it in our log.',
  },
  backend_error: { status: 502, type: 'server_error', message: 'The model server gave no usable answer.' },
  backend_unavailable: {
    status: 503,
    type: 'server_error',
    message: 'The model server cannot be reached; try again in a moment.',
    retryAfterSeconds: 2,
  },
  not_ready: {
    status: 503,
    type: 'server_error',
    message: 'The model is still loading; try again in a moment.',
    retryAfterSeconds: 2,
  },
  draining: {
    status: 503,
    type: 'server_error',
    message: 'This server is shutting down; try again.',
    retryAfterSeconds: 1,
  },
  generation_timeout: {
    status: 504,
    type: 'server_error',
    message: 'The answer took too long and was stopped.',
    shouldRetry: false,
  },
} as const satisfies Record<ErrorCode, ErrorRow>;

/** Every status in the table; the SDK has a class for each. */
export type ErrorStatus = (typeof errorTable)[ErrorCode]['status'];

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorTable, code);

export interface ProblemDetails {
  /** The field to blame, `messages[0].content`. */
  param?: string | undefined;
  /** For the person; the table's when left out. */
  message?: string | undefined;
  retryAfterSeconds?: number | undefined;
  /** For the log only; never sent. */
  cause?: unknown;
}

/**
 * A refusal or failure as the API tells it. Throw it anywhere below a handler.
 *
 *     throw new Problem('model_not_found', { param: 'model', message: `There is no model "${id}".` });
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly status: ErrorStatus;
  readonly type: ErrorType;
  readonly param: string | null;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    const row: ErrorRow = errorTable[code];
    super(details.message ?? row.message, { cause: details.cause });
    this.code = code;
    this.status = errorTable[code].status;
    this.type = row.type;
    this.param = details.param ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? row.retryAfterSeconds;
  }

  /** The body, with all four keys. */
  toJSON(): ErrorResponse {
    return { error: { message: this.message, type: this.type, param: this.param, code: this.code } };
  }

  /** The headers that go with it, without the request's id. */
  headers(): Record<string, string> {
    const { shouldRetry }: ErrorRow = errorTable[this.code];
    return {
      'content-type': 'application/json',
      ...(this.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(Math.ceil(this.retryAfterSeconds)) }),
      ...(shouldRetry === undefined ? {} : { 'x-should-retry': String(shouldRetry) }),
      ...(this.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    };
  }

  /** The whole response, as handlers in Workers and in Node return it. */
  toResponse(requestId: string): Response {
    return new Response(JSON.stringify(this), {
      status: this.status,
      headers: { ...this.headers(), 'x-request-id': requestId },
    });
  }

  /** Anything thrown, as a problem: itself, or `internal_error` that keeps the cause for the log alone. */
  static from(thrown: unknown): Problem {
    return thrown instanceof Problem ? thrown : new Problem('internal_error', { cause: thrown });
  }
}
