/** Unigram segmentation: the path through the text whose pieces have the greatest sum of scores (Viterbi). */
import { characterLength, Trie } from './trie.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How far an unknown character scores below the worst piece; `kUnkPenalty` of the reference. */
const unknownPenalty = 10;
/** The reference starts its maximum at the least positive float32, so scores below zero do not count. */
const leastPositiveFloat = 2 ** -126;

export type Segmenter = (normalized: string) => { text: string; id: number }[];

export function unigramSegmenter(vocabulary: Vocabulary): Segmenter {
  const { pieces, unknownId } = vocabulary;
  const usable = [...vocabulary.segments].filter(([, id]) => pieces[id]?.type !== 'unused');
  const trie = new Trie(usable);
  const normalScores = pieces.filter((piece) => piece.type === 'normal').map((piece) => piece.score);
  const least = normalScores.reduce((a, b) => Math.min(a, b), 3.4028234663852886e38);
  const greatest = normalScores.reduce((a, b) => Math.max(a, b), leastPositiveFloat);
  const unknownScore = Math.fround(least - unknownPenalty);
  const utf8 = new TextEncoder();

  const scoreOf = (id: number, text: string) => {
    const piece = pieces[id];
    if (piece?.type !== 'userDefined') return piece?.score ?? unknownScore;
    // A bonus that lets a user-defined symbol win over what it is made of.
    return Math.fround(utf8.encode(text).length * greatest) - 0.1;
  };
  const scores = new Map(usable.map(([text, id]) => [id, scoreOf(id, text)]));

  return (text) => {
    const startOf = new Int32Array(text.length + 1).fill(-1);
    const idAt = new Int32Array(text.length + 1);
    const best = new Float32Array(text.length + 1); // float32 like the reference, so that ties fall alike
    const offer = (start: number, end: number, id: number, score: number) => {
      const total = score + (best[start] ?? 0);
      if (startOf[end] !== -1 && total <= (best[end] ?? 0)) return;
      best[end] = total;
      startOf[end] = start;
      idAt[end] = id;
    };
    for (let start = 0; start < text.length; ) {
      const length = characterLength(text, start);
      let hasSingle = false;
      trie.forEachPrefix(text, start, (id, size) => {
        offer(start, start + size, id, scores.get(id) ?? unknownScore);
        hasSingle ||= size === length;
      });
      if (!hasSingle) offer(start, start + length, unknownId, unknownScore);
      start += length;
    }
    const segments: { text: string; id: number }[] = [];
    for (let end = text.length; end > 0; ) {
      const start = startOf[end] ?? 0;
      segments.push({ text: text.slice(start, end), id: idAt[end] ?? unknownId });
      end = start;
    }
    return segments.reverse();
  };
}
