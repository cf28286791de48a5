import { Problem, parseJson, refuseEncoded } from '@x-llm/contract';

/**
 * The longest request body. Holds a 12 MB picture as base64, and the JSON text, its base64 and the
 * bytes together stay well inside a Worker's 128 MB.
 */
export const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Bytes of bodies that one isolate holds at a time, of all requests that are not answered yet. Each is there several times
 * while it becomes what the backend gets, and workerd ends an isolate of more than 128 MB with all its requests.
 */
const maxHeldBytes = 3 * maxBodyBytes;
let heldBytes = 0;
const heldFor = new WeakMap<Request, number>();

/**
 * Whether there is room for so many more bytes of a body; then they count, until `release` or until the client leaves: workerd
 * may never go on with what waits for a client that has left.
 */
function hold(request: Request, sizeBytes: number): boolean {
  if (heldBytes + sizeBytes > maxHeldBytes || request.signal.aborted) return false;
  const before = heldFor.get(request);
  if (before === undefined) request.signal.addEventListener('abort', () => release(request));
  heldBytes += sizeBytes;
  heldFor.set(request, (before ?? 0) + sizeBytes);
  return true;
}

/** Gives back the room that a request's body took; it may be called again. */
export function release(request: Request): void {
  heldBytes -= heldFor.get(request) ?? 0;
  heldFor.delete(request);
}

/** How much of a refused body is still read, and for how long. */
const maxDrainBytes = 64 * 1024 * 1024;
const maxDrainMs = 10_000;

/**
 * Reads the rest of a body that nobody wants. Answering while a client is still sending resets the
 * connection, and most clients then report the reset and not the answer that says what was wrong.
 */
export async function drain(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  const reader = request.body.getReader();
  const timer = setTimeout(() => void reader.cancel(), maxDrainMs);
  try {
    for (let sizeBytes = 0; sizeBytes <= maxDrainBytes; ) {
      const { value, done } = await reader.read();
      if (done) break;
      sizeBytes += value.length;
    }
  } catch {
    // The client left: nobody is waiting for the answer.
  }
  clearTimeout(timer);
}

const tooLarge = () =>
  new Problem('request_too_large', { message: `The request is larger than ${maxBodyBytes} bytes.` });

/** The media type of the body, without parameters; empty when it has none. */
const typeOf = (request: Request) =>
  request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';

/** Whoever sends for longer holds memory that others need; the backend waits as long. */
const maxBodyMs = 60_000;

/**
 * Reads a body of that type. One that declares to be too long or turns out to be is never held in memory, nor is one that there
 * is no room for: what is left of it is read and thrown away, so that its sender learns why.
 */
async function readBlob(request: Request, type: string): Promise<Blob> {
  if (typeOf(request) !== type) {
    throw new Problem('unsupported_media_type', { message: `The body must be ${type}.` });
  }
  refuseEncoded(request.headers);
  const declaredBytes = Number(request.headers.get('content-length') ?? 0);
  if (declaredBytes > maxBodyBytes) throw tooLarge();
  if (heldBytes + declaredBytes > maxHeldBytes) throw new Problem('overloaded');
  const reader = request.body?.getReader();
  const timer = setTimeout(() => void reader?.cancel(), maxBodyMs);
  const from = Date.now();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  let refused: Problem | undefined;
  try {
    for (;;) {
      const { value: chunk, done } = (await reader?.read()) ?? { done: true };
      if (Date.now() - from >= maxBodyMs) throw new Problem('request_timeout');
      if (done || !chunk) break;
      sizeBytes += chunk.length;
      if (sizeBytes > maxBodyBytes) refused = tooLarge();
      else if (!refused && !hold(request, chunk.length)) refused = new Problem('overloaded');
      if (refused === undefined) {
        chunks.push(chunk);
        continue;
      }
      chunks.length = 0;
      release(request);
      if (sizeBytes > maxDrainBytes) break;
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('invalid_value', { message: 'The body is cut off, or no valid HTTP.', cause });
  } finally {
    clearTimeout(timer);
  }
  if (refused) throw refused;
  return new Blob(chunks);
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

export const readForm = async (request: Request): Promise<Uint8Array<ArrayBuffer>> =>
  bytesOf(await readBlob(request, 'multipart/form-data'));

/** Throws `Problem`, `invalid_json` among them. */
export const readJson = async (request: Request): Promise<unknown> =>
  parseJson(await bytesOf(await readBlob(request, 'application/json')));
