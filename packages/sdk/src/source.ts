/** Files of any origin as bytes. */
import { XLLMError } from './errors.ts';

/** A File or Blob, bytes, a data URL, or (in Node) a path or `file:` URL. */
export type MediaSource = Blob | ArrayBuffer | Uint8Array | URL | string;

export type ReadFile = (path: string | URL) => Promise<Uint8Array>;

/** Throws `XLLMError` for addresses on the network, and for paths where there are no files. */
export async function bytesOf(source: MediaSource, readFile: ReadFile): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(String(source).slice(0, 64))?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') {
    throw new XLLMError(
      'Remote files are not sent by address; fetch it first: await (await fetch(url)).blob().',
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

/** The reader of platforms that have no files. */
export const noFiles: ReadFile = async (path) => {
  throw new XLLMError(`There are no files here to read ${String(path)} from; pass a File, a Blob or bytes.`);
};

/** What tells formats apart: the bytes at an offset. */
export type Signature<Format extends string> = readonly [format: Format, offset: number, text: string];

/** The first format whose signature the bytes begin with. Throws `XLLMError` that names `kinds`. */
export function formatOf<Format extends string>(
  bytes: Uint8Array,
  signatures: readonly Signature<Format>[],
  kinds: string,
): Format {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  const found = signatures.find(([, offset, text]) => head.startsWith(text, offset));
  if (found === undefined) throw new XLLMError(`Not ${kinds} (${bytes.length} bytes).`);
  return found[0];
}

export function toBase64(bytes: Uint8Array): string {
  if ('toBase64' in bytes && typeof bytes.toBase64 === 'function') return String(bytes.toBase64());
  let binary = '';
  // Spreading more arguments than this overflows the stack in some engines.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
