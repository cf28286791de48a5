import { Problem } from '@x-llm/contract';

/** Where keys live. One key from the environment today; a table behind the same interface later. */
export interface KeyStore {
  /** The key's id (fit for logs), or undefined when it is not one of ours. Takes equally long either way. */
  find(key: string): Promise<string | undefined>;
}

const utf8 = new TextEncoder();
const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));

/** Compares digests without stopping at the first difference. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
  return difference === 0;
}

export function singleKey(secret: string): KeyStore {
  return {
    async find(key) {
      const [given, wanted] = await Promise.all([digest(key), digest(secret)]);
      return equal(given, wanted) ? 'default' : undefined;
    },
  };
}

/** Throws `invalid_api_key` unless the request carries a known key. */
export async function authenticate(request: Request, keys: KeyStore): Promise<string> {
  const [, token] = /^bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  const id = token === undefined ? undefined : await keys.find(token);
  if (id === undefined) throw new Problem('invalid_api_key');
  return id;
}
