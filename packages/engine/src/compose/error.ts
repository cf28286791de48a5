export type ComposeErrorCode =
  /** Parts that are missing or do not fit each other. */
  | 'incompatible_parts'
  /** Something is where the bundle should be written. */
  | 'exists';

/** Why no bundle was written: every reason, so that all can be seen to at once. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError';
  readonly code: ComposeErrorCode;
  readonly reasons: readonly string[];

  constructor(code: ComposeErrorCode, reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.code = code;
    this.reasons = reasons;
  }
}
