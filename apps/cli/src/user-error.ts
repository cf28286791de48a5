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
  const advice = adviceFor(error) ?? 'Set XLLM_DEBUG=1 to see where it happened.';
  return `xllm: ${error.message}\n${advice}`;
}

/** For what the system says, in the error or in what caused it. */
function adviceFor(error: Error): string | undefined {
  const code = 'code' in error ? systemAdvice[String(error.code)] : undefined;
  return code ?? (error.cause instanceof Error ? adviceFor(error.cause) : undefined);
}

const systemAdvice: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room, and type the same command again.',
  EDQUOT: 'Your share of the disk is full: make room, and type the same command again.',
  EROFS: 'Nothing can be written there: choose another folder.',
  EACCES: 'You may not read or write that: choose another place, or change its owner.',
  EPERM: 'You may not read or write that: choose another place, or change its owner.',
  ENOTDIR: 'A file is where a folder should be: choose another place, or move it away.',
  EISDIR: 'A folder is where a file should be: choose another place, or move it away.',
  EEXIST: 'Something is there already: choose another place, or move it away.',
  EMFILE: 'Too many files are open: raise the limit with `ulimit -n`.',
};
