import { corrupt, truncated } from '../format.ts';

/** Deflate makes at most 1,032 bytes of one: this much unpacks to 66 MB at most. */
const unreadBytes = 64 * 1024;

/**
 * Inflates IDAT data into exactly `sizeBytes` bytes with the platform's own zlib. It stops there, so a few kilobytes that
 * would unpack to gigabytes cost little more than the header promised: no more is handed over than `unreadBytes` before all
 * that came of it is read. A pipe would not wait for that, for Workers' streams unpack whatever they are given at once.
 */
export async function inflate(parts: Uint8Array[], sizeBytes: number): Promise<Uint8Array> {
  const out = new Uint8Array(sizeBytes);
  const { readable, writable } = new DecompressionStream('deflate');
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  let filled = 0;
  let reads = 0;
  const read = async (): Promise<void> => {
    while (filled < sizeBytes) {
      const { value, done } = await reader.read();
      if (done) return;
      reads++;
      const rest = sizeBytes - filled;
      out.set(value.length > rest ? value.subarray(0, rest) : value, filled);
      filled += Math.min(value.length, rest);
    }
  };
  const write = async (): Promise<void> => {
    let unread = 0;
    for (const piece of pieces(parts)) {
      if (filled >= sizeBytes) return;
      await writer.write(piece);
      unread += piece.length;
      if (unread < unreadBytes) continue;
      for (let before = -1; before !== reads; await macrotask()) before = reads;
      unread = 0;
    }
    await writer.close();
  };
  try {
    // Whichever fails first says why; what is read is complete before all is written, if there is too much.
    const writing = write();
    await Promise.race([read(), writing.then(() => new Promise<never>(() => {}))]);
  } catch (cause) {
    throw corrupt('PNG', 'its compressed data is damaged', cause);
  } finally {
    // Whatever follows is not wanted; streams that have already failed reject, which is no news.
    void reader.cancel().catch(() => undefined);
    void writer.abort().catch(() => undefined);
  }
  if (filled < sizeBytes) throw truncated('PNG');
  return out;
}

function* pieces(parts: readonly Uint8Array[]): Generator<Uint8Array<ArrayBuffer>> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += unreadBytes) {
      yield part.subarray(at, at + unreadBytes) as Uint8Array<ArrayBuffer>;
    }
  }
}

const macrotask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
