import { undecidedEnd } from '../undecided-end.ts';

/** What a model's makers put right in its answers. Blanks at both ends go, too. */
export interface CleanUp {
  /** Texts, and what stands in their place. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Characters, and what stands in their place before and behind a Chinese one. */
  readonly besideHan: Readonly<Record<string, string>>;
}

/** A step of it: what `push` and `flush` return, joined, is what all pieces make together. */
interface Step {
  push(piece: string): string;
  /** What is held back, when nothing more comes. */
  flush(): string;
}

/**
 * Puts an answer right while it is written: what is returned, joined, is the same however the answer is cut into pieces.
 * Only what the next characters decide is held back.
 *
 * @example
 * const cleaner = new AnswerCleaner(chatTemplates['chatglm-6b'].cleanUp);
 * cleaner.push(' 你好');  // '你好'
 * cleaner.push(', Tom!'); // '， Tom'
 * cleaner.flush();        // '!'
 */
export class AnswerCleaner implements Step {
  readonly #steps: readonly Step[];

  constructor({ replaced, besideHan }: CleanUp) {
    this.#steps = [
      new Trim(),
      ...Object.entries(replaced).map(([text, by]) => new Replace(text, by)),
      new BesideHan(new Map(Object.entries(besideHan))),
    ];
  }

  push(piece: string): string {
    return this.#steps.reduce((text, step) => step.push(text), piece);
  }

  flush(): string {
    return this.#steps.reduce((text, step) => step.push(text) + step.flush(), '');
  }
}

/** Holds blanks back until something follows. */
class Trim implements Step {
  #blanks = '';
  #begun = false;

  push(piece: string): string {
    const text = this.#begun ? this.#blanks + piece : piece.trimStart();
    const sent = text.trimEnd();
    this.#begun ||= sent !== '';
    this.#blanks = text.slice(sent.length);
    return sent;
  }

  flush(): string {
    this.#blanks = '';
    this.#begun = false;
    return '';
  }
}

class Replace implements Step {
  readonly #text: string;
  readonly #by: string;
  #held = '';

  constructor(text: string, by: string) {
    this.#text = text;
    this.#by = by;
  }

  push(piece: string): string {
    const parts = (this.#held + piece).split(this.#text);
    const last = parts.pop() ?? '';
    const sent = last.length - undecidedEnd(last, [this.#text]);
    this.#held = last.slice(sent);
    return [...parts, last.slice(0, sent)].join(this.#by);
  }

  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** The block of CJK Unified Ideographs alone, as the reference has it. */
const isHan = (letter: string | undefined): boolean =>
  letter !== undefined && letter >= '\u4e00' && letter <= '\u9fff';

class BesideHan implements Step {
  readonly #table: ReadonlyMap<string, string>;
  /** The last letter that was sent, as it was written. */
  #before: string | undefined;
  #held = '';

  constructor(table: ReadonlyMap<string, string>) {
    this.#table = table;
  }

  push(piece: string): string {
    const letters = [...(this.#held + piece)];
    this.#held = '';
    let sent = '';
    for (const [i, letter] of letters.entries()) {
      const after = letters[i + 1];
      const other = this.#table.get(letter);
      if (other !== undefined && !isHan(this.#before) && after === undefined) {
        this.#held = letter;
        return sent;
      }
      sent += other !== undefined && (isHan(this.#before) || isHan(after)) ? other : letter;
      this.#before = letter;
    }
    return sent;
  }

  flush(): string {
    const rest = this.#held;
    this.#held = '';
    this.#before = undefined;
    return rest;
  }
}
