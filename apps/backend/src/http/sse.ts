/** Server-sent events that never go silent and never write for nobody. */
import { Problem } from '@x-llm/contract';

export interface EventStreamOptions {
  pingMs: number;
  /** A client that takes nothing for so long is dropped. */
  stalledClientMs: number;
  /** The client is gone, or stalled: stop the source. */
  abort(reason: unknown): void;
  /** After the last byte, or when the client is gone. `failure` is what the stream ended with. */
  onEnd(failure?: unknown): void;
}

const utf8 = new TextEncoder();
/** Waiting in the process; the kernel's buffers come on top. */
const bufferBytes = 64 * 1024;

/** Each value as `data: JSON`, then `data: [DONE]`; a failure as `data: {"error": …}` and the end. */
export function eventStream(
  source: AsyncIterable<unknown>,
  options: EventStreamOptions,
): ReadableStream<Uint8Array> {
  let room = Promise.withResolvers<void>();
  let closed = false;
  let ping: NodeJS.Timeout | undefined;

  const end = (failure?: unknown) => {
    if (closed) return;
    closed = true;
    clearInterval(ping);
    room.resolve();
    options.onEnd(failure);
  };

  async function write(controller: ReadableStreamDefaultController<Uint8Array>) {
    const send = async (text: string) => {
      if (closed) return;
      ping?.refresh();
      controller.enqueue(utf8.encode(text));
      if ((controller.desiredSize ?? 0) > 0) return;
      const stalled = setTimeout(() => {
        options.abort(new Error('the client takes nothing'));
        end(new Error('the client takes nothing'));
        controller.error(new Error('the client takes nothing'));
      }, options.stalledClientMs);
      await room.promise;
      clearTimeout(stalled);
    };
    let failure: unknown;
    try {
      for await (const value of source) {
        await send(`data: ${JSON.stringify(value)}\n\n`);
        if (closed) return;
      }
      await send('data: [DONE]\n\n');
    } catch (error) {
      failure = error;
      await send(`data: ${JSON.stringify(Problem.from(error))}\n\n`);
    }
    if (closed) return;
    end(failure);
    controller.close();
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        ping = setInterval(() => {
          // A client that does not read needs no more of them.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(utf8.encode(': ping\n\n'));
        }, options.pingMs);
        void write(controller);
      },
      pull() {
        room.resolve();
        room = Promise.withResolvers();
      },
      cancel(reason) {
        options.abort(reason);
        end();
      },
    },
    { highWaterMark: bufferBytes, size: (piece) => piece?.length ?? 0 },
  );
}
