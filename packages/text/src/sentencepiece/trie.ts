/** A set of strings to be found at a place of a text, each with a number; UTF-16 units are the steps. */
export class Trie {
  // One flat table of (node, unit) → node: some hundred thousand small maps would cost far more memory.
  readonly #next = new Map<number, number>();
  readonly #values: number[] = [-1];

  constructor(entries: Iterable<readonly [string, number]>) {
    for (const [text, value] of entries) this.#add(text, value);
  }

  #add(text: string, value: number): void {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const key = node * 0x10000 + text.charCodeAt(i);
      let next = this.#next.get(key);
      if (next === undefined) {
        next = this.#values.push(-1) - 1;
        this.#next.set(key, next);
      }
      node = next;
    }
    this.#values[node] = value;
  }

  /** Calls `found` for every entry that begins at `start`, shortest first. */
  forEachPrefix(text: string, start: number, found: (value: number, length: number) => void): void {
    let node = 0;
    for (let i = start; i < text.length; i++) {
      const next = this.#next.get(node * 0x10000 + text.charCodeAt(i));
      if (next === undefined) return;
      node = next;
      const value = this.#values[node] ?? -1;
      if (value >= 0) found(value, i - start + 1);
    }
  }

  /** The length of the longest entry that begins at `start`; 0 where none does. */
  longestPrefix(text: string, start: number): number {
    let longest = 0;
    this.forEachPrefix(text, start, (_, length) => {
      longest = length;
    });
    return longest;
  }
}

/** The length in UTF-16 units of the character at `start`. */
export function characterLength(text: string, start: number): number {
  return (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
}
