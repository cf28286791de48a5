/** Whether, and how nearly, a free answer says what was expected: rules in place of a judge. */
import { normaliseTranscript, transcriptUnits } from './transcript.ts';

/** Whether the answer is one of the expected ones, as transcripts are compared. An empty answer is none. */
export function exactMatch(answer: string, ...expected: readonly string[]): boolean {
  const given = normaliseTranscript(answer);
  return given !== '' && expected.some((one) => normaliseTranscript(one) === given);
}

/**
 * F1 of the words that answer and expected answer have in common, as often as both have them (SQuAD; Rajpurkar et al.
 * 2016); of Chinese, of its characters.
 *
 *     tokenF1('a red apple', 'an apple') // 0.4: one of three words, one of two
 */
export function tokenF1(answer: string, expected: string): number {
  const [given, wanted] = [answer, expected].map(transcriptUnits.word) as [string[], string[]];
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of given) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    common++;
    left.set(word, count - 1);
  }
  return common === 0 ? 0 : (2 * common) / (given.length + wanted.length);
}

/** Whether the words of the name stand in the answer, in a row. An empty name never does. */
export function containsName(answer: string, name: string): boolean {
  const [said, wanted] = [answer, name].map(transcriptUnits.word) as [string[], string[]];
  return (
    wanted.length > 0 &&
    said.some((_, start) => wanted.every((word, offset) => said[start + offset] === word))
  );
}

/**
 * 0 to 1: 1 for the expected answer, else the F1 of its words. Where one name matters, half of the score is whether the
 * answer contains it, so that a wrong thing in the right sentence scores less than the right one in other words.
 *
 *     gradedScore('This is a fox.', 'This is a fox, a mammal.', 'fox') // 0.9
 */
export function gradedScore(answer: string, expected: string, name = ''): number {
  if (exactMatch(answer, expected)) return 1;
  const shared = tokenF1(answer, expected);
  return name === '' ? shared : ((containsName(answer, name) ? 1 : 0) + shared) / 2;
}
