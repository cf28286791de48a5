/** Who may ask: holders of the API key, and the gateway by its signature. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '@x-llm/contract';
import { createInnerVerifier, signatureHeader } from '@x-llm/contract/inner';

/** Throws `Problem`. The body is read first, because the signature covers it. */
export type Authorise = (request: Request, body: Uint8Array) => Promise<void>;

export interface Credentials {
  apiKey?: string | undefined;
  innerSecret?: string | undefined;
}

export interface Authority {
  /** From the headers alone, before anything is read: refuses what can only fail. */
  screen(request: Request): void;
  authorise: Authorise;
}

export function createAuthority({ apiKey, innerSecret }: Credentials): Authority {
  const verifier = innerSecret === undefined ? undefined : createInnerVerifier(innerSecret);
  const expected = apiKey === undefined ? undefined : digest(apiKey);
  const hasKey = (request: Request) => {
    const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    return expected !== undefined && given !== undefined && timingSafeEqual(digest(given), expected);
  };
  const open = expected === undefined && verifier === undefined;
  const refusal = () => new Problem(expected === undefined ? 'invalid_signature' : 'invalid_api_key');

  return {
    screen(request) {
      const signed = verifier !== undefined && request.headers.has(signatureHeader);
      if (!open && !signed && !hasKey(request)) throw refusal();
    },
    async authorise(request, body) {
      if (open || hasKey(request)) return;
      if (verifier === undefined) throw refusal();
      const { pathname, search } = new URL(request.url);
      await verifier.verify(request.headers.get(signatureHeader), {
        method: request.method,
        path: pathname + search,
        contentType: request.headers.get('content-type') ?? '',
        body,
      });
    },
  };
}

/** Digests have one length, as `timingSafeEqual` wants. */
const digest = (text: string) => createHash('sha256').update(text).digest();
