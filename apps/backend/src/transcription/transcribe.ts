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
import { type Piece, piecesOf } from './pieces.ts';
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
 * reason other than `stop` of any piece is that of the whole. A piece that the model finds too long for its words, which
 * nobody knows before it has listened, is cut once more. A piece in which nothing sounds says nothing: a model that has to
 * write something down would make it up.
 */
export async function* transcribe(
  engine: Engine,
  { samples, ...request }: TranscribeRequest,
  speech: { sampleRateHz: number; maxSeconds: number },
  signal: AbortSignal,
): AsyncGenerator<TranscriptEvent, void, undefined> {
  const usage = { promptTokens: 0, imageTokens: 0, videoTokens: 0, speechTokens: 0, completionTokens: 0 };
  const done: PieceTokens[] = [];
  let finishReason: 'stop' | 'length' = 'stop';
  let started = false;
  let written = '';
  const waiting = piecesOf(samples, speech);
  for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
    const [from, to] = [piece.start / speech.sampleRateHz, piece.end / speech.sampleRateHz];
    const one = { ...request, samples: samples.subarray(piece.start, piece.end) };
    if (isSilent(one.samples)) continue;
    let begun = false;
    let begins = true;
    let ended = false;
    try {
      for await (const event of started
        ? patiently(engine, one, signal)
        : engine.transcribe(one, { signal })) {
        begun = true;
        switch (event.type) {
          case 'start':
            if (!started) yield event;
            started = true;
            break;
          case 'text': {
            const text = (begins ? joint(written, event.text) : '') + event.text;
            begins = false;
            written += text;
            yield { type: 'text', text };
            break;
          }
          case 'end':
            ended = true;
            add(usage, event.usage);
            if (event.finishReason !== 'stop') ({ finishReason } = event);
            done.push({ startSeconds: from, tokens: event.tokens.map((token) => shifted(token, from, to)) });
            break;
          default:
            event satisfies never;
        }
      }
    } catch (error) {
      if (begun || !isTooLong(error) || to - from < 2 * shortestSeconds) throw error;
      waiting.unshift(...halvesOf(piece, samples, speech.sampleRateHz));
      continue;
    }
    if (!ended) throw new Error('the engine ended without an end event');
  }
  if (!started) yield { type: 'start', ...usage };
  yield { type: 'end', finishReason, usage, pieces: done, tokens: done.flatMap(({ tokens }) => tokens) };
}

/** −66 dB of full scale, 16 steps of 16 bits: below what a microphone hears of a room in which nobody is. */
const silentPeak = 1 / 2048;

const isSilent = (samples: Float32Array): boolean =>
  samples.length > 0 && samples.every((sample) => Math.abs(sample) < silentPeak);

/** Shorter sound is refused for another reason. */
const shortestSeconds = 1;

const isTooLong = (error: unknown) =>
  error instanceof EngineError &&
  (error.code === 'invalid_audio' || error.code === 'context_length_exceeded');

/** Two pieces, cut at the quietest place near the middle. */
function halvesOf({ start, end }: Piece, samples: Float32Array, sampleRateHz: number): Piece[] {
  const maxSeconds = (0.75 * (end - start)) / sampleRateHz;
  return piecesOf(samples.subarray(start, end), { sampleRateHz, maxSeconds }).map((half) => ({
    start: start + half.start,
    end: start + half.end,
  }));
}

/** A token of a piece, in the time of the whole. The last frame that a model hears may reach beyond the sound. */
const shifted = ({ text, startSeconds, endSeconds }: TimedToken, from: number, to: number): TimedToken => ({
  text,
  startSeconds: Math.min(startSeconds + from, to),
  endSeconds: Math.min(endSeconds + from, to),
});

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
