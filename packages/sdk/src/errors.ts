/** What the SDK throws. The classes for HTTP statuses come from the contract's error table. */
import { type ErrorCode, type ErrorStatus, type ErrorType, errorTable, isErrorCode } from '@x-llm/contract';

/** Everything this package throws extends it. */
export class XLLMError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No usable answer came: the server is not there, the connection broke, or the answer was cut off. */
export class APIConnectionError extends XLLMError {}

/** No answer within `timeoutMs`. */
export class APITimeoutError extends APIConnectionError {}

/** You stopped it, through `signal` or `stream.controller`. */
export class APIUserAbortError extends XLLMError {}

export interface APIErrorDetails {
  status: number;
  message: string;
  code?: string | null;
  type?: string | null;
  param?: string | null;
  requestId?: string | null;
  headers?: Headers | null;
}

/** The server refused or failed. `code` says exactly why, `param` which field is to blame. */
export class APIError extends XLLMError {
  readonly status: number;
  /** One of the contract's codes, or what another server sent. */
  readonly code: ErrorCode | (string & {}) | null;
  readonly type: ErrorType | (string & {}) | null;
  readonly param: string | null;
  /** Names the request in the server's log. */
  readonly requestId: string | null;
  /** Null for an error that came in the middle of a stream. */
  readonly headers: Headers | null;

  constructor(details: APIErrorDetails) {
    super(details.message);
    this.status = details.status;
    this.code = details.code ?? null;
    this.type = details.type ?? null;
    this.param = details.param ?? null;
    this.requestId = details.requestId ?? null;
    this.headers = details.headers ?? null;
  }
}

export class BadRequestError extends APIError {}
export class AuthenticationError extends APIError {}
export class NotFoundError extends APIError {}
export class MethodNotAllowedError extends APIError {}
export class RequestTimeoutError extends APIError {}
export class RequestTooLargeError extends APIError {}
export class UnsupportedMediaTypeError extends APIError {}
export class RateLimitError extends APIError {}
export class InternalServerError extends APIError {}

/** A status that the error table gains does not compile until it has its class. */
const classes: { readonly [Status in ErrorStatus]: typeof APIError } = {
  400: BadRequestError,
  401: AuthenticationError,
  404: NotFoundError,
  405: MethodNotAllowedError,
  408: RequestTimeoutError,
  413: RequestTooLargeError,
  415: UnsupportedMediaTypeError,
  429: RateLimitError,
  500: InternalServerError,
  502: InternalServerError,
  503: InternalServerError,
  504: InternalServerError,
};

const hasClass = (status: number): status is ErrorStatus => Object.hasOwn(classes, status);

/** The right class for a status. */
function apiError(details: APIErrorDetails): APIError {
  const { status } = details;
  const Class = hasClass(status) ? classes[status] : status >= 500 ? InternalServerError : APIError;
  return new Class(details);
}

/** From a response that is not ok. Reads its body. */
export async function errorFromResponse(response: Response, requestId: string | null): Promise<APIError> {
  const text = await response.text().catch(() => '');
  const fallback = `${response.status} ${response.statusText || 'error'}`.trim();
  const fields = errorFields(text) ?? { message: fallback };
  return apiError({ status: response.status, requestId, headers: response.headers, ...fields });
}

/** From the JSON of a stream's `data: {"error": …}`; null when it is something else. */
export function errorFromEvent(event: string, requestId: string | null): APIError | null {
  const fields = errorFields(event);
  if (fields === null) return null;
  const status = isErrorCode(fields.code) ? errorTable[fields.code].status : 500;
  return apiError({ status, requestId, ...fields });
}

type Fields = Pick<APIErrorDetails, 'message' | 'code' | 'type' | 'param'>;

/** Parses the error envelope; a foreign server's may lack keys. */
function errorFields(json: string): Fields | null {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const { error } = body;
  if (typeof error === 'string') return { message: error };
  if (typeof error !== 'object' || error === null) return null;
  const text = (key: string) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : null;
  };
  return {
    message: text('message') ?? 'unknown error',
    code: text('code'),
    type: text('type'),
    param: text('param'),
  };
}
