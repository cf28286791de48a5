/** What media became, by their content: the same picture twice is encoded once. */
import type { MediaCacheStats } from './types.ts';

interface Entry {
  readonly rows: Promise<Float32Array>;
  readonly sizeBytes: number;
}

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

  /** The rows kept under `key`, or those that `encode` makes; `sizeBytes` is what they will take. */
  get(key: string, sizeBytes: number, encode: () => Promise<Float32Array>): Promise<Float32Array> {
    const known = this.#entries.get(key);
    if (known) {
      this.#hits++;
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.rows;
    }
    this.#misses++;
    const entry: Entry = { rows: encode(), sizeBytes };
    this.#entries.set(key, entry);
    this.#sizeBytes += sizeBytes;
    entry.rows.catch(() => {
      if (this.#entries.get(key) === entry) this.#forget(key, entry);
    });
    for (const [oldKey, old] of this.#entries) {
      if (this.#sizeBytes <= this.#maxBytes) break;
      this.#forget(oldKey, old);
    }
    return entry.rows;
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
