/** From the events of a transcription to OpenAI's answers, whole and streamed. */
import type {
  Transcription,
  TranscriptionRequest,
  TranscriptionSegment,
  TranscriptionStreamEvent,
  TranscriptionUsage,
  TranscriptionWord,
  VerboseTranscription,
} from '@x-llm/contract';
import type { EngineUsage } from '@x-llm/engine';
import { type Segment, segmentsOf } from './segments.ts';
import { toSrt, toVtt } from './subtitles.ts';
import type { PieceTokens, TranscriptEvent } from './transcribe.ts';
import { type Word, withoutStops, wordsOf } from './words.ts';

export interface Transcript {
  readonly text: string;
  readonly pieces: readonly PieceTokens[];
  readonly usage: EngineUsage;
}

/** Everything that was heard, once it is over. */
export async function transcriptOf(events: AsyncIterable<TranscriptEvent>): Promise<Transcript> {
  let text = '';
  for await (const event of events) {
    if (event.type === 'text') text += event.text;
    if (event.type === 'end') return { text, pieces: event.pieces, usage: event.usage };
  }
  throw new Error('the engine ended without an end event');
}

/** What is said as it comes, then all of it with the usage. */
export async function* transcriptEvents(
  events: AsyncIterable<TranscriptEvent>,
): AsyncGenerator<TranscriptionStreamEvent, void, undefined> {
  let text = '';
  for await (const event of events) {
    switch (event.type) {
      case 'start':
        break;
      case 'text':
        text += event.text;
        yield { type: 'transcript.text.delta', delta: event.text };
        break;
      case 'end':
        yield { type: 'transcript.text.done', text, usage: toUsage(event.usage) };
        return;
      default:
        event satisfies never;
    }
  }
  throw new Error('the engine ended without an end event');
}

export type Answer =
  | { json: Transcription | VerboseTranscription }
  | { text: string; type: 'text/plain; charset=utf-8' };

/** The transcript in the format that was asked for. `seconds` is the length of the sound. */
export function answerOf(transcript: Transcript, request: TranscriptionRequest, seconds: number): Answer {
  const format = request.response_format ?? 'json';
  const plain = (text: string): Answer => ({ text, type: 'text/plain; charset=utf-8' });
  switch (format) {
    case 'json':
      return { json: { text: transcript.text, usage: toUsage(transcript.usage) } };
    case 'text':
      return plain(`${transcript.text}\n`);
    case 'srt':
      return plain(toSrt(lines(transcript)));
    case 'vtt':
      return plain(toVtt(lines(transcript)));
    case 'verbose_json':
      return { json: verbose(transcript, request, seconds) };
  }
}

function verbose(
  transcript: Transcript,
  { timestamp_granularities: granularities, language }: TranscriptionRequest,
  seconds: number,
): VerboseTranscription {
  const wants = (what: 'word' | 'segment') => (granularities ?? ['segment']).includes(what);
  const duration = rounded(seconds);
  return {
    task: 'transcribe',
    language: language == null ? guessedLanguage(transcript.text) : languageNames[language],
    duration,
    text: transcript.text,
    ...(wants('segment') && { segments: numberedSegments(transcript) }),
    ...(wants('word') && {
      words: transcript.pieces.flatMap(({ tokens }) => wordsOf(tokens).map(toWord)),
    }),
    usage: { type: 'duration', seconds: duration },
  };
}

/** Words at the two sides of a cut belong to two segments. */
const segmentsByPiece = ({ pieces }: Transcript) =>
  pieces.map(({ startSeconds, tokens }) => ({ startSeconds, segments: segmentsOf(wordsOf(tokens)) }));

const lines = (transcript: Transcript): Segment[] =>
  segmentsByPiece(transcript).flatMap(({ segments }) => segments);

const numberedSegments = (transcript: Transcript): TranscriptionSegment[] =>
  segmentsByPiece(transcript)
    .flatMap(({ startSeconds, segments }) =>
      segments.map((segment) => ({ ...segment, seek: Math.round(startSeconds * 100) })),
    )
    .map(({ seek, text, startSeconds, endSeconds }, id) => ({
      id,
      seek,
      start: rounded(startSeconds),
      end: rounded(endSeconds),
      text,
    }));

const toWord = ({ text, startSeconds, endSeconds }: Word): TranscriptionWord => ({
  word: withoutStops(text),
  start: rounded(startSeconds),
  end: rounded(endSeconds),
});

/** Models tell times to a hundredth at best; a thousandth loses nothing and reads well. */
const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

const languageNames = { en: 'english', zh: 'chinese' } as const;

/** By the script, which for the languages that models here speak decides. */
function guessedLanguage(text: string): VerboseTranscription['language'] {
  if (/\p{Script=Han}/u.test(text)) return 'chinese';
  return /\p{Script=Latin}/u.test(text) ? 'english' : 'unknown';
}

const toUsage = ({ promptTokens, speechTokens, completionTokens }: EngineUsage): TranscriptionUsage => ({
  type: 'tokens',
  input_tokens: promptTokens,
  input_token_details: { text_tokens: promptTokens - speechTokens, audio_tokens: speechTokens },
  output_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});
