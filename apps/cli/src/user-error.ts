/** A failure that the person can do something about: what happened, and what to do, as the last line. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly advice: string;

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

/** What is printed when a command fails; its last line says what to do next. */
export function describeFailure(error: unknown): string {
  if (error instanceof UserError) return `xllm: ${error.message}\n${error.advice}`;
  if (!(error instanceof Error)) return `xllm: ${String(error)}`;
  if (process.env['XLLM_DEBUG'] !== undefined) return `xllm: ${error.stack ?? error.message}`;
  return `xllm: ${error.message}\nSet XLLM_DEBUG=1 to see where it happened.`;
}
