/**
 * Why an engine did not load or did not answer; stable, so that programs may branch on it. What a request is to blame
 * for has the HTTP contract's code.
 */
export type EngineErrorCode =
  /** Question and pictures leave no room for an answer. */
  | 'context_length_exceeded'
  /** The queue is full. */
  | 'overloaded'
  /** The engine takes no more requests. */
  | 'draining'
  /** A number out of range; messages that do not alternate, or do not end with a question. */
  | 'invalid_value'
  /** A picture of another size than the model's. */
  | 'invalid_image'
  /** A video of too many frames, of none, or of frames of another size than the model's. */
  | 'invalid_video'
  /** Speech that is too short or too long, at another rate, or that is no numbers. */
  | 'invalid_audio'
  /** The model has no interface for such media. */
  | 'unsupported_content_part'
  /** The bundle names something this version does not know, or its parts do not fit each other. */
  | 'invalid_bundle'
  /** The model computed something that is no number: damaged weights. */
  | 'model_failure';

export interface EngineErrorDetails extends ErrorOptions {
  /** The field of the request to blame, such as `messages[0].images[1]`. */
  readonly param?: string;
  /** When it may be worth trying again. */
  readonly retryAfterSeconds?: number;
}

/** Every failure of this package. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly param: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message, details);
    this.code = code;
    this.param = details.param;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
