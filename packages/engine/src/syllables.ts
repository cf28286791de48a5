/** About how many syllables a text has, and where: letters of Latin words by their vowels, any other letter as one. */
const latin = /^\p{Script=Latin}/u;
const pieces = /[\p{Script=Latin}\p{M}'’]*\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*|[\p{L}\p{N}]/gu;

/** Where syllables begin in a text, ascending; those of a word at equal distances. */
export function syllableStarts(text: string): number[] {
  return [...text.matchAll(pieces)].flatMap(({ 0: piece, index }) => {
    const count = latin.test(piece) ? syllablesOfWord(piece) : 1;
    return Array.from({ length: count }, (_, place) => index + (place * piece.length) / count);
  });
}

/** Groups of vowels, but for a silent e at the end: `table` has two, `snake` one. */
function syllablesOfWord(word: string): number {
  const letters = word.normalize('NFC').toLowerCase();
  const groups =
    letters
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[aeiouy]+/g)?.length ?? 0;
  const silent = /[^aeiouy]e$/.test(letters) && !/[^aeiouy]le$/.test(letters);
  return Math.max(1, groups - (silent ? 1 : 0));
}
