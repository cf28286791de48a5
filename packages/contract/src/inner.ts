/**
 * The hop from the edge to a backend: how a request is signed and how its media travel.
 *
 * A signed request carries `x-xllm-signature: v1,t=SECONDS,n=NONCE,s=SIGNATURE`, where SIGNATURE is
 * base64url of HMAC-SHA-256, under the shared secret, over these lines joined by `\n`:
 *
 *     v1
 *     METHOD
 *     PATH?QUERY
 *     SECONDS            (Unix time)
 *     NONCE              (16 random bytes, hexadecimal)
 *     CONTENT-TYPE       (empty without a body)
 *     BODY-DIGEST        (SHA-256 of the body's bytes, hexadecimal; of nothing without a body)
 *
 * A verifier accepts each nonce once and clocks that differ by up to a minute.
 */
import { Problem } from './errors.ts';
import { parseJson } from './json.ts';
import { readForm } from './multipart.ts';

export const signatureHeader = 'x-xllm-signature';

const version = 'v1';
const windowSeconds = 60;

export interface InnerRequest {
  method: string;
  /** With the query, `/v1/models?x=1`. */
  path: string;
  /** As sent; '' when there is no body. */
  contentType: string;
  body: Uint8Array;
}

const utf8 = new TextEncoder();

/** WebCrypto's types want memory that is not shared; nothing here ever is. */
const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const importKey = (secret: string) =>
  crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);

async function signedText(request: InnerRequest, seconds: string, nonce: string) {
  const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', own(request.body))));
  const lines = [version, request.method, request.path, seconds, nonce, request.contentType, digest];
  return utf8.encode(lines.join('\n'));
}

/**
 * The value of `x-xllm-signature` for a request.
 *
 *     headers.set(signatureHeader, await signInner(secret, { method: 'GET', path: '/v1/models', contentType: '', body }));
 */
export async function signInner(secret: string, request: InnerRequest, now = Date.now()): Promise<string> {
  const seconds = String(Math.floor(now / 1000));
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const signature = await crypto.subtle.sign(
    'HMAC',
    await importKey(secret),
    await signedText(request, seconds, nonce),
  );
  const encoded = btoa(String.fromCharCode(...new Uint8Array(signature)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `${version},t=${seconds},n=${nonce},s=${encoded}`;
}

export interface InnerVerifier {
  /** Throws `Problem('invalid_signature')`, which says nothing about why. */
  verify(header: string | null | undefined, request: InnerRequest): Promise<void>;
}

/** Checks signatures and remembers the nonces of the last minute, so that no request acts twice. */
export function createInnerVerifier(secret: string, now: () => number = Date.now): InnerVerifier {
  const key = importKey(secret);
  const seen = new Map<string, number>(); // nonce → when it may be forgotten, in order of arrival

  return {
    async verify(header, request) {
      const match = /^v1,t=(\d{1,12}),n=([0-9a-f]{32}),s=([A-Za-z0-9_-]{43})$/.exec(header ?? '');
      const [, seconds = '', nonce = '', encoded = ''] = match ?? [];
      if (!match) throw new Problem('invalid_signature');
      const time = now();
      if (Math.abs(time / 1000 - Number(seconds)) > windowSeconds) throw new Problem('invalid_signature');
      const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
      const signature = Uint8Array.from(binary, (character) => character.charCodeAt(0));
      const text = await signedText(request, seconds, nonce);
      // `verify` compares in constant time.
      if (!(await crypto.subtle.verify('HMAC', await key, signature, text)))
        throw new Problem('invalid_signature');
      for (const [old, expires] of seen) {
        if (expires >= time) break;
        seen.delete(old);
      }
      if (seen.has(nonce)) throw new Problem('invalid_signature');
      // A clock ahead by a minute keeps its nonce valid for two.
      seen.set(nonce, time + 2 * windowSeconds * 1000);
    },
  };
}

/** A picture, sound or video beside the JSON, which names it by `attachment:NAME`. */
export interface Attachment {
  name: string;
  /** `preparedImageType(…)` for pixels, `preparedSpeechType` for samples, else the type of the file as uploaded. */
  mediaType: string;
  bytes: Uint8Array;
}

/** Media type of width × height raw RGB bytes, rows from the top. */
export const preparedImageType = (width: number, height: number) =>
  `image/x-rgb;width=${width};height=${height}`;

/** The size a prepared picture declares, or undefined for a file as uploaded. */
export function parsePreparedImageType(mediaType: string): { width: number; height: number } | undefined {
  const match = /^image\/x-rgb;\s*width=(\d{1,5});\s*height=(\d{1,5})$/i.exec(mediaType);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Media type of speech as models hear it: RFC 2586's linear 16-bit samples, big-endian, one channel, at 16 kHz. */
export const preparedSpeechType = 'audio/l16;rate=16000';

export const isPreparedSpeechType = (mediaType: string): boolean =>
  /^audio\/l16;\s*rate=16000$/i.test(mediaType);

/** Samples from −1 to 1 as `preparedSpeechType`, each rounded to 16 bits, so that samples of 16 bits stay as they are. */
export function encodeSpeech(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * samples.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < samples.length; at++) {
    view.setInt16(2 * at, Math.max(-32_768, Math.min(32_767, Math.round((samples[at] ?? 0) * 32_768))));
  }
  return bytes;
}

/** The other way round: samples in [−1, 1). Throws `RangeError` for half a sample. */
export function decodeSpeechSamples(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  if (bytes.length % 2 !== 0) throw new RangeError(`${bytes.length} bytes are not whole 16-bit samples`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(bytes.length / 2);
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(2 * at) / 32_768;
  return samples;
}

const requestPart = 'request';

export interface EncodedInnerRequest {
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

/** `multipart/form-data`: part `request` holds the JSON, every other part one attachment by its name. */
export function encodeInnerRequest(
  request: unknown,
  attachments: readonly Attachment[],
): EncodedInnerRequest {
  const boundary = `x-llm-${hex(crypto.getRandomValues(new Uint8Array(16)))}`;
  const pieces: Uint8Array[] = [];
  const part = (name: string, mediaType: string, bytes: Uint8Array, filename: string) => {
    if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new TypeError(`attachment name ${JSON.stringify(name)}`);
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename}\r\ncontent-type: ${mediaType}\r\n\r\n`;
    pieces.push(utf8.encode(head), bytes, utf8.encode('\r\n'));
  };
  part(requestPart, 'application/json', utf8.encode(JSON.stringify(request)), '');
  for (const { name, mediaType, bytes } of attachments) {
    part(name, mediaType, bytes, `; filename="${name}"`);
  }
  pieces.push(utf8.encode(`--${boundary}--\r\n`));
  const body = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

export interface DecodedInnerRequest {
  /** Not yet validated: hand it to `parseChatRequest(request, { attachments: true })`. */
  request: unknown;
  attachments: Map<string, Attachment>;
}

/** The other way round. Throws `Problem`: `invalid_form`, `invalid_json`. */
export function decodeInnerRequest(body: Uint8Array, contentType: string): DecodedInnerRequest {
  const attachments = new Map<string, Attachment>();
  let request: unknown;
  for (const part of readForm(body, contentType)) {
    const { name, mediaType, bytes, filename } = part;
    if (name === requestPart) request = parseJson(part.bytes);
    else if (filename !== undefined) attachments.set(name, { name, mediaType, bytes });
  }
  return { request, attachments };
}
