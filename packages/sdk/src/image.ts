/** Pictures of any origin as content parts. */
import type { ImageContentPart } from '@x-llm/contract';
import { XLLMError } from './errors.ts';

/** A File or Blob, bytes, a data URL, or (in Node) a path or `file:` URL. */
export type ImageSource = Blob | ArrayBuffer | Uint8Array | URL | string;

export type ImageDetail = NonNullable<ImageContentPart['image_url']['detail']>;

export interface ImageOptions {
  detail?: ImageDetail;
}

type ReadFile = (path: string | URL) => Promise<Uint8Array>;

/** What tells the formats apart: the bytes at an offset. */
const signatures: readonly (readonly [mediaType: string, offset: number, text: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
];

/** `image()` for a platform that can, or cannot, read files. */
export function createImage(readFile: ReadFile) {
  /**
   * A content part from a picture. The media type comes from the bytes, not from a name.
   * Throws `XLLMError` for what is not a PNG, JPEG, WebP or GIF.
   *
   *     { role: 'user', content: [await image(file), { type: 'text', text: 'What is this?' }] }
   */
  return async function image(source: ImageSource, options: ImageOptions = {}): Promise<ImageContentPart> {
    const bytes = await bytesOf(source, readFile);
    const url = `data:${mediaTypeOf(bytes)};base64,${toBase64(bytes)}`;
    return { type: 'image_url', image_url: { url, ...options } };
  };
}

async function bytesOf(source: ImageSource, readFile: ReadFile): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(String(source).slice(0, 64))?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') {
    throw new XLLMError(
      'Remote pictures are not sent by address; fetch it first: image(await (await fetch(url)).blob()).',
    );
  }
  // `fetch` decodes data URLs in every runtime.
  if (scheme === 'data') {
    try {
      return new Uint8Array(await (await fetch(source)).arrayBuffer());
    } catch (cause) {
      throw new XLLMError('The data URL is not valid.', { cause });
    }
  }
  return readFile(scheme === 'file' ? new URL(source) : source);
}

function mediaTypeOf(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const found = signatures.find(([, offset, text]) => head.startsWith(text, offset));
  if (found === undefined) {
    throw new XLLMError(`Not a PNG, JPEG, WebP or GIF (${bytes.length} bytes).`);
  }
  return found[0];
}

function toBase64(bytes: Uint8Array): string {
  if ('toBase64' in bytes && typeof bytes.toBase64 === 'function') return String(bytes.toBase64());
  let binary = '';
  // Spreading more arguments than this overflows the stack in some engines.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
