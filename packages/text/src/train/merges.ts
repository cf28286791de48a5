/**
 * Byte-pair encoding: the commonest pair of neighbours becomes a symbol, again and again (Sennrich et al., 2016). Pair
 * counts and where pairs occur are kept up to date, so that a merge costs what it changes.
 */
import { Heap } from '../sentencepiece/heap.ts';

export interface MergeOptions {
  /** Stop after this many new symbols. */
  readonly count: number;
  /** Whether a text may become a symbol. */
  readonly accept: (text: string) => boolean;
}

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly text: string;
  count: number;
  /** Words that hold the pair, or once did. */
  readonly words: number[];
}

interface Candidate {
  readonly pair: Pair;
  /** The count when it was queued; if it has changed since, the candidate is out of date. */
  readonly count: number;
}

/** The commonest first; among equals the shorter, then the first in order: never the order of the input. */
const before = (a: Candidate, b: Candidate): boolean => {
  if (a.count !== b.count) return a.count > b.count;
  if (a.pair.text.length !== b.pair.text.length) return a.pair.text.length < b.pair.text.length;
  if (a.pair.text !== b.pair.text) return a.pair.text < b.pair.text;
  return a.pair.left < b.pair.left;
};

/** Room for two million symbols in one key of two. */
const keyBase = 2 ** 21;

/**
 * The texts of the new symbols, in the order in which they were made; fewer than `count` when no pair is left.
 * `words` come as characters with their frequency.
 */
export function learnMerges(words: readonly [string[], number][], options: MergeOptions): string[] {
  const texts: string[] = [];
  const symbolOf = new Map<string, number>();
  const symbol = (text: string): number => {
    const known = symbolOf.get(text);
    if (known !== undefined) return known;
    symbolOf.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const sequences = words.map(([characters]) => characters.map(symbol));
  const pairs = new Map<number, Pair | null>(); // null: may not become a symbol
  let touched = new Set<Pair>();

  const change = (left: number, right: number, word: number, by: number): void => {
    const key = left * keyBase + right;
    let pair = pairs.get(key);
    if (pair === undefined) {
      const text = (texts[left] ?? '') + (texts[right] ?? '');
      pair = options.accept(text) ? { left, right, text, count: 0, words: [] } : null;
      pairs.set(key, pair);
    }
    if (pair === null) return;
    pair.count += by;
    if (by < 0) return;
    touched.add(pair);
    if (pair.words.at(-1) !== word) pair.words.push(word);
  };

  const heap = new Heap<Candidate>(before);
  const queueTouched = () => {
    for (const pair of touched) if (pair.count > 0) heap.push({ pair, count: pair.count });
    touched = new Set();
  };

  sequences.forEach((sequence, word) => {
    const frequency = words[word]?.[1] ?? 0;
    for (let i = 1; i < sequence.length; i++) change(sequence[i - 1] ?? 0, sequence[i] ?? 0, word, frequency);
  });
  queueTouched();

  const merge = (pair: Pair, into: number): void => {
    pairs.delete(pair.left * keyBase + pair.right);
    for (const word of new Set(pair.words)) {
      const frequency = words[word]?.[1] ?? 0;
      const old = sequences[word] ?? [];
      const merged: number[] = [];
      for (let i = 0; i < old.length; i++) {
        const here = old[i] ?? 0;
        if (here !== pair.left || old[i + 1] !== pair.right) {
          merged.push(here);
          continue;
        }
        const previous = merged.at(-1);
        const next = old[i + 2];
        if (previous !== undefined) {
          change(previous, here, word, -frequency);
          change(previous, into, word, frequency);
        }
        if (next !== undefined) {
          change(pair.right, next, word, -frequency);
          change(into, next, word, frequency);
        }
        merged.push(into);
        i++;
      }
      sequences[word] = merged;
    }
    // Overlaps (aaa) may have touched the pair itself again; nothing of it is left.
    pairs.delete(pair.left * keyBase + pair.right);
  };

  const made: string[] = [];
  while (made.length < options.count) {
    const candidate = heap.pop();
    if (!candidate) break;
    const { pair, count } = candidate;
    if (pairs.get(pair.left * keyBase + pair.right) !== pair || pair.count <= 0) continue;
    if (pair.count !== count) {
      heap.push({ pair, count: pair.count });
      continue;
    }
    // Another pair may have made the same text; then it is joined, but is no new symbol.
    const isNew = !symbolOf.has(pair.text);
    merge(pair, symbol(pair.text));
    queueTouched();
    if (isNew) made.push(pair.text);
  }
  return made;
}
