/** What media became, by their content: the same picture twice is encoded once. */
import type { Encoded } from './interfaces/index.ts';
import type { MediaCacheStats } from './types.ts';

interface Entry {
  readonly encoded: Promise<Encoded>;
  sizeBytes: number;
}

/** Two numbers, for each row that has a time. */
const firingBytes = 2 * Float64Array.BYTES_PER_ELEMENT;
const sizeOf = ({ rows, firings = [] }: Encoded): number => rows.byteLength + firings.length * firingBytes;

/** Keeps the most recently used within a number of bytes. Media that are being encoded are shared already. */
export class EmbeddingCache {
  readonly #maxBytes: number;
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #sizeBytes = 0;
  #hits = 0;
  #misses = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  stats(): MediaCacheStats {
    return {
      entries: this.#entries.size,
      sizeBytes: this.#sizeBytes,
      maxBytes: this.#maxBytes,
      hits: this.#hits,
      misses: this.#misses,
    };
  }

  /** What is kept under `key`, or what `encode` makes; it is taken for `mostBytes` large until it is there. */
  get(key: string, mostBytes: number, encode: () => Promise<Encoded>): Promise<Encoded> {
    const known = this.#entries.get(key);
    if (known) {
      this.#hits++;
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.encoded;
    }
    this.#misses++;
    const entry: Entry = { encoded: encode(), sizeBytes: mostBytes };
    this.#entries.set(key, entry);
    this.#sizeBytes += mostBytes;
    const isKept = () => this.#entries.get(key) === entry;
    entry.encoded.then(
      (encoded) => {
        if (!isKept()) return;
        this.#sizeBytes += sizeOf(encoded) - entry.sizeBytes;
        entry.sizeBytes = sizeOf(encoded);
      },
      () => {
        if (isKept()) this.#forget(key, entry);
      },
    );
    for (const [oldKey, old] of this.#entries) {
      if (this.#sizeBytes <= this.#maxBytes) break;
      this.#forget(oldKey, old);
    }
    return entry.encoded;
  }

  /** Forgets everything, its counts too. */
  clear(): void {
    this.#entries.clear();
    this.#sizeBytes = 0;
    this.#hits = 0;
    this.#misses = 0;
  }

  #forget(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#sizeBytes -= entry.sizeBytes;
  }
}
