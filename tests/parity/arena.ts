/** Caches of keys and values that grow in place, as an engine has them: one buffer for all sequences. */
import type { CacheShape } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';

/** The same memory as what a run reads and as what it writes, for `count` sequences from number `from` on. */
export type BindArena = (
  from: number,
  count: number,
) => Readonly<Record<'past' | 'present', Readonly<Record<string, Tensor>>>>;

export function newArena(
  { layers, heads, headWidth }: CacheShape,
  batch: number,
  /** Positions of each sequence. */
  room: number,
): BindArena {
  const slot = heads * room * headWidth;
  const buffers = Array.from({ length: 2 * layers }, () => new Float32Array(batch * slot));
  return (from, count) => {
    const tensors = buffers.map((buffer) =>
      Tensor.from('float32', buffer.subarray(from * slot, (from + count) * slot), [
        count,
        heads,
        room,
        headWidth,
      ]),
    );
    const named = (prefix: string) =>
      Object.fromEntries(tensors.map((t, i) => [`${prefix}.${i >> 1}.${i % 2 === 0 ? 'key' : 'value'}`, t]));
    return { past: named('past'), present: named('present') };
  };
}
