import { MediaError } from './error.ts';

const prefix = /^data:([^,;]*)((?:;[^,;]*)*),/i;

/**
 * The bytes of a base64 `data:` URL. The declared media type is not believed: `inspectImage` looks
 * at the bytes. Throws `invalid_image_url`, `invalid_base64_image` or `image_too_large`.
 *
 * `decodeDataUrl('data:image/png;base64,iVBORw0…')` → bytes
 */
export function decodeDataUrl(url: string, maxBytes: number): Uint8Array {
  const match = prefix.exec(url.slice(0, 256));
  if (!match) {
    throw new MediaError(
      'invalid_image_url',
      'The image must be a data URL: data:image/png;base64,… (remote addresses are not fetched).',
    );
  }
  if (!/;base64$/i.test(match[2] ?? '')) {
    throw new MediaError('invalid_image_url', 'The image data URL must be base64: data:image/png;base64,…');
  }
  const start = match[0].length;
  if ((url.length - start) * 0.75 > maxBytes + 2) {
    throw new MediaError('image_too_large', `The image has more than ${maxBytes} bytes.`);
  }
  try {
    return decodeBase64(url.slice(start));
  } catch (cause) {
    throw new MediaError('invalid_base64_image', 'The image data URL is not valid base64.', { cause });
  }
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
