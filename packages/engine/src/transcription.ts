/** Writing down speech: what the model is asked, and when each piece of its answer was said. */
import type { SpeechInterface } from '@x-llm/checkpoint';
import type { Tokenizer } from '@x-llm/text';
import type { Firing } from './interfaces/index.ts';
import { syllableStarts } from './syllables.ts';
import type { TimedToken, TranscribeRequest } from './types.ts';

/** X-LLM's question. */
const defaultPrompt = '请忠实地识别该语音';

/** The question for a language, or for one that is not known. */
export const transcriptionPromptOf =
  (speech: SpeechInterface | undefined) =>
  (language: TranscribeRequest['language']): string => {
    const own = language && speech?.transcriptionPrompts?.[language];
    return own ?? speech?.transcriptionPrompt ?? defaultPrompt;
  };

/** What CIF fires for: how many tokens a word has depends on the tokenizer, how many syllables it has can be heard. */
export type FiringUnit = NonNullable<SpeechInterface['fires']>;

export interface HeardSpeech {
  readonly firings: readonly Firing[];
  readonly unit: FiringUnit;
  readonly durationSeconds: number;
}

/**
 * The pieces of an answer, tokens that are half a character joined, each with its time. As many tokens as were heard, or
 * tokens with as many syllables, are taken for those, one by one; other numbers are spread over what was heard, and over
 * all of it if nothing was.
 */
export function timedTokens(ids: readonly number[], tokenizer: Tokenizer, speech: HeardSpeech): TimedToken[] {
  const { firings, unit, durationSeconds } = speech;
  const heard = firings.length > 0 ? firings : [{ startSeconds: 0, endSeconds: durationSeconds }];
  const pieces = decoded(ids, tokenizer);
  const text = pieces.map((piece) => piece.text).join('');
  const { placeOf, end } = unit === 'tokens' ? byToken(pieces, ids.length) : bySyllable(pieces, text);
  const share = heard.length / end;
  return pieces.map((piece, index) => ({
    text: piece.text,
    startSeconds: secondsAt(heard, placeOf(index) * share, 'start'),
    endSeconds: secondsAt(heard, placeOf(index + 1) * share, 'end'),
  }));
}

/**
 * When a transcript says more than was heard, which happens where a model cannot make it out: it goes on, or says one thing
 * again and again. That is known by half as many syllables again, and 2; by twice as many tokens, and 8, in any case.
 */
export function saysAll(heard: number, unit: FiringUnit): (text: string, tokens: number) => boolean {
  return (text, tokens) =>
    tokens >= 2 * heard + 8 || (unit === 'syllables' && syllableStarts(text).length > 1.5 * heard + 2);
}

interface Piece {
  readonly text: string;
  /** Behind its last token. */
  readonly to: number;
}

function decoded(ids: readonly number[], tokenizer: Tokenizer): Piece[] {
  const decoder = tokenizer.decoder();
  const pieces = ids.map((id, index) => ({ text: decoder.push(id), to: index + 1 }));
  return [...pieces, { text: decoder.flush(), to: ids.length }].filter(({ text }) => text !== '');
}

/** Where the piece of a number begins, counted in units; behind the last one it is `end`. */
interface Places {
  placeOf(index: number): number;
  readonly end: number;
}

const byToken = (pieces: readonly Piece[], end: number): Places => ({
  placeOf: (index) => pieces[index - 1]?.to ?? 0,
  end,
});

/** Blanks and punctuation lengthen the syllable before them. */
function bySyllable(pieces: readonly Piece[], text: string): Places {
  const starts = syllableStarts(text);
  if (starts.length === 0) return byToken(pieces, pieces.length);
  const begins = [0];
  for (const piece of pieces) begins.push((begins.at(-1) ?? 0) + piece.text.length);
  return {
    placeOf(index) {
      const at = begins[index] ?? text.length;
      const syllable = starts.findLastIndex((start) => start <= at);
      if (syllable < 0) return 0; // before the first
      const [from = 0, to = text.length] = [starts[syllable], starts[syllable + 1]];
      return syllable + (to > from ? (at - from) / (to - from) : 0);
    },
    end: starts.length,
  };
}

/** The time of a place among what was heard: 2.5 is the middle of the third. A whole number is an end or a start. */
function secondsAt(heard: readonly Firing[], place: number, side: 'start' | 'end'): number {
  const index = side === 'end' ? Math.ceil(place) - 1 : Math.floor(place);
  const { startSeconds, endSeconds } = heard[Math.min(Math.max(index, 0), heard.length - 1)] ?? {
    startSeconds: 0,
    endSeconds: 0,
  };
  return startSeconds + (place - index) * (endSeconds - startSeconds);
}
