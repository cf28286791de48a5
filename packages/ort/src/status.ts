/** Errors, and their making from the C API's OrtStatus. */
import type { Api } from './api.ts';

/** `OrtErrorCode` by number, then the codes that this package adds. */
const nativeCodes = [
  'ok',
  'fail',
  'invalid_argument',
  'no_such_file',
  'no_model',
  'engine_error',
  'runtime_exception',
  'invalid_protobuf',
  'model_loaded',
  'not_implemented',
  'invalid_graph',
  'provider_fail',
  'load_cancelled',
  'model_requires_compilation',
  'not_found',
] as const;

export type OrtErrorCode =
  | (typeof nativeCodes)[number]
  | 'unknown'
  | 'busy'
  | 'cancelled'
  | 'disposed'
  | 'library_missing'
  | 'provider_missing';

/** What ONNX Runtime, or this package on its behalf, refused. `code` says which kind. */
export class OrtError extends Error {
  readonly code: OrtErrorCode;
  constructor(code: OrtErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OrtError';
    this.code = code;
  }
}

/** A run or a load that its AbortSignal ended. Named like the DOM's, so that `error.name === 'AbortError'` holds. */
export class OrtCancelledError extends OrtError {
  constructor(message: string, reason: unknown) {
    super('cancelled', message, { cause: reason });
    this.name = 'AbortError';
  }
}

export function invalid(message: string): OrtError {
  return new OrtError('invalid_argument', message);
}

export function disposed(what: string): OrtError {
  return new OrtError('disposed', `${what} was disposed: create a new one`);
}

/** The error that a status stands for; the status is released. `null` is success. */
export function takeError(api: Api, status: bigint | null, doing: string): OrtError | null {
  if (status === null) return null;
  const code = nativeCodes[api.GetErrorCode(status)] ?? 'unknown';
  const text = api.GetErrorMessage(status);
  api.ReleaseStatus(status);
  return new OrtError(code, `${doing}: ${text}`);
}

/** Throws when a status is a failure. */
export function check(api: Api, status: bigint | null, doing: string): void {
  if (status === null) return;
  const error = takeError(api, status, doing);
  if (error !== null) throw error;
}
