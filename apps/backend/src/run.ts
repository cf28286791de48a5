/** One run of the engine: started, watched, measured, and told as problems when it fails. */
import { isErrorCode, Problem } from '@x-llm/contract';
import { EngineError, type GenerateEvent } from '@x-llm/engine';
import type { Context, Services } from './handler.ts';

/**
 * Starts the engine and gives the first event up to `headersWithinMs` to say that the request is refused:
 * then it is thrown here, while the status is still open. The events follow, the first one included.
 * `fieldOf` gives the field to blame for what the engine refuses, from the one that the engine blames.
 */
export async function startRun<Event extends GenerateEvent>(
  run: (signal: AbortSignal) => AsyncIterable<Event>,
  fieldOf: (place: string | undefined) => string,
  context: Context,
  services: Services,
): Promise<AsyncIterable<Event>> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(services.limits.generationTimeoutMs)]);
  const started = performance.now();
  const source = run(signal)[Symbol.asyncIterator]();
  const asProblem = (error: unknown) => toProblem(error, fieldOf, signal);
  const first = source.next().catch((error: unknown) => {
    throw asProblem(error);
  });
  first.catch(() => undefined); // It is awaited below or by the reader, perhaps a moment later.
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, services.limits.headersWithinMs))]);
  return watch();

  async function* watch(): AsyncGenerator<Event, void, undefined> {
    let ended = false;
    let spoke = false;
    try {
      for (let next = await first; next.done !== true; next = await source.next()) {
        const event = next.value;
        if (event.type === 'text' && !spoke && event.text !== '') {
          spoke = true;
          const seconds = (performance.now() - started) / 1000;
          services.metrics.firstToken(seconds);
          context.note({ firstTokenMs: Math.round(seconds * 1000) });
        }
        if (event.type === 'end') {
          ended = true;
          services.metrics.usage(event.usage);
          context.note({ ...event.usage, finishReason: event.finishReason });
        }
        yield event;
      }
    } catch (error) {
      throw asProblem(error);
    } finally {
      if (!ended) services.metrics.aborted();
      await source.return?.();
    }
  }
}

function toProblem(
  error: unknown,
  fieldOf: (place: string | undefined) => string,
  { reason }: AbortSignal,
): Problem {
  if (error instanceof Problem) return error;
  if (reason instanceof Problem) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new Problem('generation_timeout', { cause: error });
  }
  if (!(error instanceof EngineError) || !isErrorCode(error.code)) return Problem.from(error);
  // What the engine says about a request is for whoever sent it; what it says about itself, for the log.
  const { retryAfterSeconds, message } = error;
  const problem = new Problem(error.code, { cause: error, retryAfterSeconds });
  if (problem.status !== 400) return problem;
  const param = fieldOf(error.param);
  // The engine begins with its own name of the place, where it has one.
  const own = error.param === undefined ? message : message.replace(`${error.param}:`, `${param}:`);
  return new Problem(error.code, { cause: error, message: own, param });
}
