/** What can be wrong with a checkpoint; stable, so that programs may branch on it. */
export type CheckpointErrorCode =
  | 'not_found'
  | 'io'
  | 'truncated'
  | 'too_large'
  | 'header_too_large'
  | 'invalid_header'
  | 'invalid_tensor'
  | 'unsupported_dtype'
  | 'unknown_tensor'
  | 'wrong_dtype'
  | 'closed'
  | 'unsafe_pickle'
  | 'invalid_pickle'
  | 'invalid_archive'
  | 'invalid_index'
  | 'missing_tensors'
  | 'invalid_config'
  | 'no_space'
  | 'hub_offline'
  | 'hub_denied'
  | 'hub_not_found'
  | 'hub_failed'
  | 'invalid_manifest'
  | 'unsupported_format'
  | 'unsafe_path'
  | 'unlisted_file'
  | 'missing_file'
  | 'size_mismatch'
  | 'hash_mismatch'
  | 'no_language_model';

/** A hostile header may hold names of megabytes; a message need not. */
const maxDetail = 2000;

/** Every failure of this package: a stable `code`, the `path` of the file, and a message that names both. */
export class CheckpointError extends Error {
  readonly code: CheckpointErrorCode;
  readonly path: string;

  constructor(code: CheckpointErrorCode, path: string, detail: string, options?: ErrorOptions) {
    super(`${path}: ${detail.length > maxDetail ? `${detail.slice(0, maxDetail)}…` : detail}`, options);
    this.name = 'CheckpointError';
    this.code = code;
    this.path = path;
  }
}

/** Turns what `node:fs` threw into a CheckpointError, so that callers meet one class only. */
export function fromFileError(error: unknown, path: string, doing: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CheckpointError('not_found', path, 'no such file', { cause: error });
  }
  if (code === 'ENOSPC') {
    return new CheckpointError('no_space', path, `the disk is full: could not ${doing}`, { cause: error });
  }
  return new CheckpointError('io', path, `could not ${doing} (${code})`, { cause: error });
}
