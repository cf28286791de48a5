import { Problem } from './errors.ts';

/** A compressed body may be a bomb, and media do not compress. Throws `Problem`. */
export function refuseEncoded(headers: Pick<Headers, 'get'>): void {
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new Problem('unsupported_media_type', { message: 'Compressed bodies are not taken.' });
  }
}
