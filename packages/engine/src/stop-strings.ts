import { undecidedEnd } from '@x-llm/text';

/** What may be sent of an answer, and whether it has ended. */
export interface Passed {
  readonly text: string;
  readonly stopped: boolean;
}

/**
 * Ends a text at the first of some strings, however the pieces of the text are cut. What may be the beginning of a
 * stop string is held back until it is decided.
 *
 *     const stop = new StopStrings(['\n\n']);
 *     stop.push('one\n');   // { text: 'one', stopped: false }
 *     stop.push('\ntwo');   // { text: '', stopped: true }
 */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = '';

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  push(piece: string): Passed {
    const text = this.#held + piece;
    const ends = this.#stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (ends.length > 0) {
      this.#held = '';
      return { text: text.slice(0, Math.min(...ends)), stopped: true };
    }
    const sent = text.length - undecidedEnd(text, this.#stops);
    this.#held = text.slice(sent);
    return { text: text.slice(0, sent), stopped: false };
  }

  /** What was held back, when nothing more comes. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}
