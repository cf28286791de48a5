import { Problem } from '@x-llm/contract';

/**
 * The longest request body. Holds a 12 MB picture as base64, and the JSON text, its base64 and the
 * bytes together stay well inside a Worker's 128 MB.
 */
export const maxBodyBytes = 16 * 1024 * 1024;

const tooLarge = () =>
  new Problem('request_too_large', { message: `The request is larger than ${maxBodyBytes} bytes.` });

/** Reads a JSON body, refusing one that declares or turns out to be too long before all of it is here. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Problem('unsupported_media_type');
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(await new Blob(chunks).text());
  } catch (cause) {
    throw new Problem('invalid_json', { cause });
  }
}
