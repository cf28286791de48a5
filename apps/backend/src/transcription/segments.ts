/** Words to lines that a person can read while they are spoken. */
import type { Word } from './words.ts';

export interface Segment {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Who pauses so long has finished a thought. */
const pauseSeconds = 0.7;

/** Of subtitles: two lines of 42, or of 16 Chinese characters, which are as wide as two and more letters. */
const longestLine = 84;
const widthOfHan = 2.5;
const longestSeconds = 7;

const endsSentence = /[.!?…。！？]["'”’)）」』]*$/u;

/** Segments end with a sentence, at a pause, or when they get too long to read. Texts are those of the words. */
export function segmentsOf(words: readonly Word[]): Segment[] {
  const segments: { text: string; startSeconds: number; endSeconds: number }[] = [];
  let last: (typeof segments)[number] | undefined;
  for (const { text, gap, startSeconds, endSeconds } of words) {
    if (
      last === undefined ||
      endsSentence.test(last.text) ||
      startSeconds - last.endSeconds >= pauseSeconds ||
      endSeconds - last.startSeconds > longestSeconds ||
      widthOf(last.text) + widthOf(gap + text) > longestLine
    ) {
      last = { text, startSeconds, endSeconds };
      segments.push(last);
    } else {
      last.text += gap + text;
      last.endSeconds = endSeconds;
    }
  }
  return segments;
}

function widthOf(text: string): number {
  const han = text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0;
  return text.length + (widthOfHan - 1) * han;
}
