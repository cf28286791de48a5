import { Problem, requestIdHeader } from '@x-llm/contract';
import { type InnerRequest, signatureHeader, signInner } from '@x-llm/contract/inner';

export interface BackendRequest {
  method: 'GET' | 'POST';
  path: string;
  requestId: string;
  contentType?: string;
  body?: Uint8Array;
  /** Aborting closes the connection, which stops the model. */
  signal: AbortSignal;
}

/** The model server. Everything that reaches it goes through here; nothing of the client's headers does. */
export interface Backend {
  url: URL;
  /** The raw response, or `backend_unavailable` when there is none. */
  send(request: BackendRequest): Promise<Response>;
}

export function createBackend(url: URL, secret: string): Backend {
  return {
    url,
    async send({ method, path, requestId, contentType = '', body = new Uint8Array(), signal }) {
      const inner: InnerRequest = { method, path, contentType, body };
      const headers = new Headers({
        [requestIdHeader]: requestId,
        [signatureHeader]: await signInner(secret, inner),
      });
      if (contentType) headers.set('content-type', contentType);
      try {
        return await fetch(new URL(path, url), {
          method,
          headers,
          redirect: 'manual',
          signal,
          ...(body.length > 0 && { body }),
        });
      } catch (cause) {
        throw new Problem('backend_unavailable', { cause });
      }
    },
  };
}

const passedHeaders = ['content-type', 'retry-after', 'retry-after-ms', 'x-should-retry', 'cache-control'];

/**
 * The backend's answer as the client may see it: body streamed through unread, only known headers.
 * A redirect, a refused signature or a failure that is not in the API's form is our fault, not the
 * client's: 502.
 */
export function passOn(response: Response): Response {
  const type = response.headers.get('content-type') ?? '';
  const isApi = type.startsWith('application/json') || type.startsWith('text/event-stream');
  const known = response.ok || (response.status >= 400 && response.status !== 401 && isApi);
  if (!known) {
    void response.body?.cancel();
    throw new Problem('backend_error', {
      cause: new Error(`the backend answered ${response.status} ${type || 'without a content type'}`),
    });
  }
  const headers = new Headers();
  for (const name of passedHeaders) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (type.startsWith('text/event-stream')) {
    headers.set('cache-control', 'no-cache, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  return new Response(response.body, { status: response.status, headers });
}
