/** What every part of the evaluation is told, and how it says how far it is. */
import type { AskOptions } from './ask-all.ts';

export interface SectionOptions extends Pick<AskOptions, 'concurrency' | 'signal'> {
  /** A sample: enough to see whether the model works, with wide intervals. */
  readonly quick?: boolean;
  /** At most this many per set, voice, motion and type of question. */
  readonly limit?: number;
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

export interface EvaluationProgress {
  /** Questions answered so far, and in all; each part of the evaluation counts anew. */
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** Counts what is done of a part. */
export class Count {
  readonly #options: SectionOptions;
  readonly #total: number;
  #done = 0;

  constructor(options: SectionOptions, total: number) {
    this.#options = options;
    this.#total = total;
  }

  add(what: string): void {
    this.#options.onProgress?.({ done: ++this.#done, total: this.#total, what });
  }
}
