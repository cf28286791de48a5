import { Heap } from '../sentencepiece/heap.ts';
import type { ByteString } from './ranks.ts';

interface Join {
  readonly left: number;
  readonly rank: number;
  /** Where its right part ends; when it no longer does, one side has been joined elsewhere. */
  readonly end: number;
}

const before = (a: Join, b: Join) => a.rank < b.rank || (a.rank === b.rank && a.left < b.left);

/**
 * Byte-pair encoding: of all neighbours whose join is a token, those of the lowest rank are joined, the leftmost first. With
 * a heap, so that a chunk of n bytes takes n log n steps: strangers send chunks of a megabyte, too.
 */
export function joinBytes(bytes: ByteString, ranks: ReadonlyMap<ByteString, number>): number[] {
  const whole = ranks.get(bytes);
  if (whole !== undefined) return [whole];
  const length = bytes.length;
  /** Of the part that begins at a byte, where it ends; of the part that ends there, where it begins. */
  const ends = Int32Array.from({ length }, (_, at) => at + 1);
  const begins = Int32Array.from({ length: length + 1 }, (_, at) => at - 1);
  const agenda = new Heap<Join>(before);
  const consider = (left: number): void => {
    const middle = ends[left] ?? length;
    if (middle >= length) return;
    const end = ends[middle] ?? length;
    const rank = ranks.get(bytes.slice(left, end));
    if (rank !== undefined) agenda.push({ left, rank, end });
  };
  for (let at = 0; at < length - 1; at++) consider(at);
  for (let join = agenda.pop(); join; join = agenda.pop()) {
    const middle = ends[join.left] ?? 0;
    if (middle === 0 || middle >= length || ends[middle] !== join.end) continue;
    ends[join.left] = join.end;
    ends[middle] = 0; // no part begins here any more
    begins[join.end] = join.left;
    consider(join.left);
    if (join.left > 0) consider(begins[join.left] ?? 0);
  }
  const ids: number[] = [];
  for (let at = 0; at < length; at = ends[at] ?? length) {
    ids.push(ranks.get(bytes.slice(at, ends[at])) ?? 0);
  }
  return ids;
}
