/** What can be wrong with a tokenizer file, a token id or a conversation; stable, so that programs may branch on it. */
export type TextErrorCode =
  | 'invalid_model'
  | 'unsupported_model'
  | 'unknown_id'
  | 'invalid_training'
  | 'unknown_template'
  | 'invalid_messages';

/** Every failure of this package. */
export class TextError extends Error {
  readonly code: TextErrorCode;

  constructor(code: TextErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TextError';
    this.code = code;
  }
}
