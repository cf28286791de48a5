/** The keys and values of all sequences: allocated once, written in place by every step. */
import type { Section } from '@x-llm/models';
import { Tensor } from '@x-llm/ort';

export interface ArenaShape {
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  /** Sequences at once. */
  readonly slots: number;
  /** Positions of each. */
  readonly length: number;
}

/** Tensors by the name of a graph's input or output. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** The same memory as a graph reads it (`past.N.key`, …) and as it writes it (`present.N.key`, …). */
export interface CacheTensors {
  readonly past: NamedTensors;
  readonly present: NamedTensors;
}

const kinds = ['key', 'value'] as const;

export class KeyValueArena {
  readonly shape: ArenaShape;
  readonly sizeBytes: number;
  /** Layer by layer keys and values, each [slots, heads, length, headWidth]. */
  readonly #layers: readonly Readonly<Record<(typeof kinds)[number], Float32Array<ArrayBuffer>>>[];
  readonly #views = new Map<string, CacheTensors>();

  constructor(shape: ArenaShape) {
    this.shape = shape;
    const count = shape.slots * this.#slotSize;
    this.#layers = Array.from({ length: shape.layers }, () => ({
      key: new Float32Array(count),
      value: new Float32Array(count),
    }));
    this.sizeBytes = shape.layers * kinds.length * count * Float32Array.BYTES_PER_ELEMENT;
  }

  get #slotSize(): number {
    const { heads, length, headWidth } = this.shape;
    return heads * length * headWidth;
  }

  /** The caches of `count` slots from `first` on, [count, heads, length, headWidth], of a section's layers; no copy. */
  slots(first: number, count: number, { from, to }: Section): CacheTensors {
    const id = `${first}+${count} ${from}-${to}`;
    const known = this.#views.get(id);
    if (known) return known;
    const { heads, length, headWidth } = this.shape;
    const past: Record<string, Tensor> = {};
    const present: Record<string, Tensor> = {};
    for (const [layer, arrays] of this.#layers.entries()) {
      if (layer < from || layer >= to) continue;
      for (const kind of kinds) {
        const rows = arrays[kind].subarray(first * this.#slotSize, (first + count) * this.#slotSize);
        const tensor = Tensor.from('float32', rows, [count, heads, length, headWidth]);
        past[`past.${layer}.${kind}`] = tensor;
        present[`present.${layer}.${kind}`] = tensor;
      }
    }
    const views = { past, present };
    this.#views.set(id, views);
    return views;
  }

  [Symbol.dispose](): void {
    for (const { past } of this.#views.values()) {
      for (const tensor of Object.values(past)) tensor[Symbol.dispose]();
    }
    this.#views.clear();
  }
}
