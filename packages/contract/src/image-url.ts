/** Pictures in requests: data URLs from the public, `attachment:NAME` on the inner hop. */
import { Problem } from './errors.ts';

export type ImageSource =
  | { readonly kind: 'data'; readonly mediaType: string; readonly base64: string }
  | { readonly kind: 'attachment'; readonly name: string };

const mediaTypes = ['image/png', 'image/jpeg', 'image/jpg', 'image/webp', 'image/gif'];

/**
 * What an `image_url.url` points at. Only the head is looked at; `decodeBase64` checks the rest.
 *
 * Throws `Problem`: `unsupported_image_url`, `invalid_image_url`, `unsupported_image_media_type`,
 * `empty_image_file`, all with `param`.
 *
 *     parseImageUrl('data:image/png;base64,iVBOR…', 'messages[0].content[1].image_url.url').kind // 'data'
 */
export function parseImageUrl(url: string, param: string, { attachments = false } = {}): ImageSource {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.slice(0, 64))?.[1]?.toLowerCase();
  if (scheme === 'attachment' && attachments)
    return { kind: 'attachment', name: url.slice('attachment:'.length) };
  if (scheme === 'http' || scheme === 'https') throw new Problem('unsupported_image_url', { param });
  if (scheme !== 'data') throw new Problem('invalid_image_url', { param });
  const comma = url.indexOf(',');
  const head = comma < 0 ? '' : url.slice('data:'.length, comma).toLowerCase();
  if (comma < 0 || comma > 256 || !head.endsWith(';base64'))
    throw new Problem('invalid_image_url', { param });
  const mediaType = head.split(';')[0] ?? '';
  if (!mediaTypes.includes(mediaType)) throw new Problem('unsupported_image_media_type', { param });
  if (comma === url.length - 1) throw new Problem('empty_image_file', { param });
  return { kind: 'data', mediaType, base64: url.slice(comma + 1) };
}

/** Strict base64 to bytes, in any runtime. Throws `Problem('invalid_base64_image')`. */
export function decodeBase64(base64: string, param: string): Uint8Array<ArrayBuffer> {
  if (base64.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw new Problem('invalid_base64_image', { param });
  try {
    return fromBase64(base64);
  } catch (cause) {
    throw new Problem('invalid_base64_image', { param, cause });
  }
}

interface WithFromBase64 {
  fromBase64?: (base64: string) => Uint8Array<ArrayBuffer>;
}

/** The runtime's own decoder where it has one (workerd, newer V8): 20 MB through `atob` takes 100 ms. */
function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as WithFromBase64).fromBase64;
  if (native !== undefined) return native.call(Uint8Array, base64);
  const buffer = (
    globalThis as { Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> } }
  ).Buffer;
  if (buffer !== undefined) return buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
