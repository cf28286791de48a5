/** A whole sound through the engine, piece by piece, as one run. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Engine,
  EngineError,
  type EngineUsage,
  type TimedToken,
  type TranscribeEvent,
  type TranscribeRequest,
} from '@x-llm/engine';
import { piecesOf } from './pieces.ts';
import { isHan } from './words.ts';

export interface PieceTokens {
  readonly startSeconds: number;
  readonly tokens: readonly TimedToken[];
}

export type TranscriptEvent =
  | Exclude<TranscribeEvent, { type: 'end' }>
  | (Extract<TranscribeEvent, { type: 'end' }> & {
      /** The tokens again, by the piece of sound that they were heard in. */
      pieces: PieceTokens[];
    });

/**
 * Events as of one run, however long the sound is: texts and times as they stand in the whole, usage in total. A finish
 * reason other than `stop` of any piece is that of the whole.
 */
export async function* transcribe(
  engine: Engine,
  { samples, ...request }: TranscribeRequest,
  speech: { sampleRateHz: number; maxSeconds: number },
  signal: AbortSignal,
): AsyncGenerator<TranscriptEvent, void, undefined> {
  const usage = { promptTokens: 0, imageTokens: 0, videoTokens: 0, speechTokens: 0, completionTokens: 0 };
  const pieces: PieceTokens[] = [];
  let finishReason: 'stop' | 'length' = 'stop';
  let written = '';
  for (const [number, { start, end }] of piecesOf(samples, speech).entries()) {
    const [startSeconds, endSeconds] = [start, end].map((at) => at / speech.sampleRateHz) as [number, number];
    let begins = true;
    const piece = { ...request, samples: samples.subarray(start, end) };
    for await (const event of number === 0
      ? engine.transcribe(piece, { signal })
      : patiently(engine, piece, signal)) {
      switch (event.type) {
        case 'start':
          if (number === 0) yield event;
          break;
        case 'text': {
          const text = (begins ? joint(written, event.text) : '') + event.text;
          begins = false;
          written += text;
          yield { type: 'text', text };
          break;
        }
        case 'end': {
          add(usage, event.usage);
          if (event.finishReason !== 'stop') ({ finishReason } = event);
          const tokens = event.tokens.map((token) => ({
            text: token.text,
            // The last frame that a model hears may reach beyond the sound.
            startSeconds: Math.min(token.startSeconds + startSeconds, endSeconds),
            endSeconds: Math.min(token.endSeconds + startSeconds, endSeconds),
          }));
          pieces.push({ startSeconds, tokens });
          break;
        }
        default:
          event satisfies never;
      }
    }
    if (pieces.length !== number + 1) throw new Error('the engine ended without an end event');
  }
  yield { type: 'end', finishReason, usage, pieces, tokens: pieces.flatMap(({ tokens }) => tokens) };
}

/** Between two pieces others may have filled the queue; what is half written is worth waiting for. */
async function* patiently(
  engine: Engine,
  request: TranscribeRequest,
  signal: AbortSignal,
): AsyncGenerator<TranscribeEvent, void, undefined> {
  for (;;) {
    try {
      yield* engine.transcribe(request, { signal });
      return;
    } catch (error) {
      // Refused before it began, so nothing of it was passed on.
      if (!(error instanceof EngineError) || error.code !== 'overloaded') throw error;
      await sleep(1000 * Math.min(error.retryAfterSeconds ?? 0.2, 1), undefined, { signal });
    }
  }
}

/** What belongs between two pieces: a space, but not in Chinese. */
function joint(before: string, after: string): string {
  const last = before.at(-1) ?? ' ';
  const tight = /\s/.test(last) || /^\s/.test(after) || isHan(last) || isHan(after);
  return tight || /[\u3000-\u303f\uff00-\uffef]/.test(last) ? '' : ' ';
}

function add(sum: EngineUsage, one: EngineUsage): void {
  for (const name of Object.keys(sum) as (keyof EngineUsage)[]) sum[name] += one[name];
}
