/**
 * The form in which transcripts are compared. Unicode's NFKC (full-width letters become plain ones), lower case; marks of
 * punctuation and symbols are removed, those between letters too ("don't" → "dont"), but a dash parts words; runs of
 * blanks become one, and none is left at the ends or beside a Chinese character. Numbers, spelling and the two
 * scripts of Chinese stay as they are.
 *
 *     normaliseTranscript('It’s a  T-shirt!') // 'its a t shirt'
 *     normaliseTranscript('这是 苹果。') // '这是苹果'
 */
export function normaliseTranscript(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Pd}/_]+/gu, ' ')
    .replace(/[\p{P}\p{S}]+/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
}

export type TranscriptUnit = 'character' | 'word';

/**
 * What errors are counted in. Characters are code points of the normalised text, a blank between English words counted
 * as one. Words are what stands between blanks; each Chinese character is one.
 */
export const transcriptUnits: Readonly<Record<TranscriptUnit, (text: string) => string[]>> = {
  character: (text) => [...normaliseTranscript(text)],
  word: (text) => normaliseTranscript(text).match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [],
};
