import { Problem } from '@x-llm/contract';

/**
 * The whole body, refused as soon as it is known to be too large.
 * `reserve` is told of every byte before it is kept.
 */
export async function readBody(
  request: Request,
  limitBytes: number,
  reserve: (sizeBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new Problem('request_too_large', { message: `The body must be smaller than ${limitBytes} bytes.` });
  if (Number(request.headers.get('content-length') ?? 0) >= limitBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop by an error cancels the stream.
  for await (const piece of request.body) {
    sizeBytes += piece.length;
    if (sizeBytes >= limitBytes) throw tooLarge();
    reserve(piece.length);
    pieces.push(piece);
  }
  const body = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
