/** Writing down speech: what the model is asked, and when each piece of its answer was said. */
import type { SpeechInterface } from '@x-llm/checkpoint';
import type { Tokenizer } from '@x-llm/text';
import type { Firing } from './interfaces/index.ts';
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

/**
 * The pieces of an answer, tokens that are half a character joined, each with its time. As many tokens as were heard are
 * taken for those, one by one; other numbers are spread over what was heard, and over all of it if nothing was.
 */
export function timedTokens(
  ids: readonly number[],
  tokenizer: Tokenizer,
  firings: readonly Firing[],
  durationSeconds: number,
): TimedToken[] {
  const heard = firings.length > 0 ? firings : [{ startSeconds: 0, endSeconds: durationSeconds }];
  const decoder = tokenizer.decoder();
  const tokens: TimedToken[] = [];
  let from = 0;
  const add = (text: string, to: number) => {
    if (text === '') return;
    const [start, end] = [from, to].map((place) => (place * heard.length) / ids.length);
    tokens.push({
      text,
      startSeconds: secondsAt(heard, start ?? 0, 'start'),
      endSeconds: secondsAt(heard, end ?? 0, 'end'),
    });
    from = to;
  };
  for (const [index, id] of ids.entries()) add(decoder.push(id), index + 1);
  add(decoder.flush(), ids.length);
  return tokens;
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
