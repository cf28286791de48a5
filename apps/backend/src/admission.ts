/** Who may come in: a bounded number of requests waiting, and of bytes held for them. */
import { Problem } from '@x-llm/contract';
import type { EngineStats } from '@x-llm/engine';

/** One request's place, from its first byte until the engine counts it. */
export interface Ticket {
  /** The body grows by this much. Throws `Problem('overloaded')`. */
  reserve(sizeBytes: number): void;
  /** Gives back all it held; may be called again. */
  release(): void;
}

export class Admission {
  readonly #bufferedBytes: number;
  #preparing = 0;
  #held = 0;

  constructor(bufferedBytes: number) {
    this.#bufferedBytes = bufferedBytes;
  }

  /** Requests whose bodies and pictures are being read. */
  get preparing(): number {
    return this.#preparing;
  }

  /** Counts memory besides bodies; the returned function gives it back. Throws `Problem('overloaded')`. */
  hold(sizeBytes: number): () => void {
    if (this.#held + sizeBytes > this.#bufferedBytes) throw new Problem('overloaded');
    this.#held += sizeBytes;
    return () => {
      this.#held -= sizeBytes;
    };
  }

  /** Throws `Problem('overloaded')` when the engine's queue, with those on their way to it, is full. */
  admit({ queued, maxQueued }: Pick<EngineStats, 'queued' | 'maxQueued'>): Ticket {
    // One may always come in while nobody waits: the engine may have a free place for it.
    if (queued + this.#preparing >= Math.max(maxQueued, 1)) throw new Problem('overloaded');
    this.#preparing++;
    let held = 0;
    let released = false;
    return {
      reserve: (sizeBytes) => {
        if (this.#held + sizeBytes > this.#bufferedBytes) throw new Problem('overloaded');
        this.#held += sizeBytes;
        held += sizeBytes;
      },
      release: () => {
        if (released) return;
        released = true;
        this.#preparing--;
        this.#held -= held;
      },
    };
  }
}
