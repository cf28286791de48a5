/** Who is asked, with which token, and what its refusals mean. */
import { CheckpointError } from '../error.ts';

/** A hub: huggingface.co, or a mirror that speaks its API. Made by `connectHub`. */
export interface Hub {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** Whether a token is sent. The token itself stays inside. */
  readonly hasToken: boolean;
  /**
   * As the global `fetch`, with the token for the hub itself and nobody else: not for the stores of files that it
   * redirects to. Any status is returned. @throws CheckpointError `hub_offline` when nothing answers.
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The hub that the environment names: `HF_ENDPOINT` (https://huggingface.co), and `HF_TOKEN`, which is needed only for
 * what is not open to everybody.
 *
 * @throws CheckpointError `invalid_config` for an endpoint that is no http address, or a token that cannot be one or would
 * go over the network in clear.
 * @example const hub = connectHub(process.env);
 */
export function connectHub(environment: Environment): Hub {
  const url = endpointOf(environment['HF_ENDPOINT']);
  const endpoint = url.href.replace(/\/+$/, '');
  const token = tokenOf(environment['HF_TOKEN'], url);
  return {
    endpoint,
    hasToken: token !== undefined,
    async fetch(input, init = {}) {
      const to = new URL(input);
      const headers = new Headers(init.headers);
      headers.set('user-agent', 'x-llm');
      if (token !== undefined && to.origin === url.origin) headers.set('authorization', `Bearer ${token}`);
      try {
        return await fetch(to, { ...init, headers });
      } catch (cause) {
        if (init.signal?.aborted) throw cause;
        throw new CheckpointError('hub_offline', endpoint, `cannot be reached (${reasonOf(cause)})`, {
          cause,
        });
      }
    },
  };
}

function endpointOf(given = ''): URL {
  const text = given.trim() === '' ? 'https://huggingface.co' : given.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol);
  if (usable && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
    return url;
  throw new CheckpointError(
    'invalid_config',
    'HF_ENDPOINT',
    'is not the address of a hub, as https://huggingface.co',
  );
}

const isLocal = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function tokenOf(given: string | undefined, endpoint: URL): string | undefined {
  const token = given?.trim() ?? '';
  if (token === '') return undefined;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new CheckpointError(
      'invalid_config',
      'HF_TOKEN',
      'is not a token: it has characters that none has',
    );
  if (endpoint.protocol === 'https:' || isLocal(endpoint)) return token;
  throw new CheckpointError(
    'invalid_config',
    'HF_TOKEN',
    `would be sent to ${endpoint.origin} in clear; use https in HF_ENDPOINT, or unset HF_TOKEN`,
  );
}

/** `ECONNREFUSED`, `ENOTFOUND`, …: what lies under fetch’s “fetch failed”. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/** Throws what an answer that is no success means for whoever asked for `of` (a repository, or a file of one). */
export async function expectOk(hub: Hub, response: Response, of: string, page: string): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  const { status, headers } = response;
  const says = headers.get('x-error-code');
  const http = `HTTP ${status}${says === null ? '' : `, ${says}`}`;
  if (status === 403 || says === 'GatedRepo') {
    const token = hub.hasToken
      ? 'the account of HF_TOKEN has not done that, or the token may not read it'
      : 'then set HF_TOKEN to a token of that account';
    const detail = `is given to those who accept its conditions on ${page} (${http}); ${token}`;
    throw new CheckpointError('hub_denied', of, detail);
  }
  if (status === 401) {
    const what = hub.hasToken
      ? 'does not open to the token in HF_TOKEN, or is not there; check both'
      : 'is not there, or not open to everybody; check the name, or set HF_TOKEN to a token that may read it';
    throw new CheckpointError('hub_denied', of, `${what} (${http})`);
  }
  if (status === 404) {
    const what =
      says === 'RevisionNotFound' ? 'has no such revision' : `is not there; ${hub.endpoint} knows of none`;
    throw new CheckpointError('hub_not_found', of, `${what} (${http})`);
  }
  const wait = headers.get('retry-after');
  const later = status === 429 ? `; it asks to wait${wait === null ? '' : ` ${wait} s`}` : '';
  throw new CheckpointError('hub_failed', of, `the hub answered ${http}${later}`);
}
