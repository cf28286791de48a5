import { corrupt, truncated } from '../format.ts';

/**
 * Inflates IDAT data into exactly `sizeBytes` bytes with the platform's own zlib. It stops reading
 * there, so a few kilobytes that would unpack to gigabytes cost no more than the header promised.
 */
export async function inflate(parts: Uint8Array[], sizeBytes: number): Promise<Uint8Array> {
  const out = new Uint8Array(sizeBytes);
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  let filled = 0;
  try {
    while (filled < sizeBytes) {
      const { value, done } = await reader.read();
      if (done) break;
      const rest = sizeBytes - filled;
      out.set(value.length > rest ? value.subarray(0, rest) : value, filled);
      filled += Math.min(value.length, rest);
    }
  } catch (cause) {
    throw corrupt('PNG', 'its compressed data is damaged', cause);
  } finally {
    // Whatever follows is not wanted; a stream that has already failed rejects, which is no news.
    void reader.cancel().catch(() => undefined);
  }
  if (filled < sizeBytes) throw truncated('PNG');
  return out;
}
