/** Asks a model everything, through the path a served picture takes. */
import { prepareImage } from '@x-llm/media/node';
import { type Answerer, answerTo } from './answerer.ts';
import { inParallel } from './in-parallel.ts';
import type { Answered, Sample } from './sample.ts';

export interface AskOptions {
  /** Pictures under way at once; the engine's slots. Changes the time taken, not the answers' order. */
  readonly concurrency?: number;
  readonly onAnswer?: () => void;
  readonly signal?: AbortSignal;
}

/** File bytes → `prepareImage`, as serving does → engine. Answers come in the order of samples and their asks. */
export async function askAll(
  engine: Answerer,
  samples: readonly Sample[],
  options: AskOptions = {},
): Promise<Answered[]> {
  const { concurrency = 1, onAnswer, signal } = options;
  const answers = await inParallel(samples, concurrency, async ({ thing, style, file, asks }) => {
    const rgb = await prepareImage(await file(), { size: engine.model.imageSize });
    const own: Answered[] = [];
    // One after the other: the engine has encoded the picture once and remembers it.
    for (const ask of asks) {
      signal?.throwIfAborted();
      own.push({ ...ask, thing, style, answer: await answerTo(engine, rgb, ask.question, signal) });
      onAnswer?.();
    }
    return own;
  });
  return answers.flat();
}

export const asksIn = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { asks }) => sum + asks.length, 0);
