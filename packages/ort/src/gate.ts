/** Bounds how many native calls run at once; the others wait their turn in JavaScript, where they can be cancelled. */
export class Gate {
  readonly limit: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Enters at once if there is room; whoever got `true` must `leave`. */
  tryEnter(): boolean {
    if (this.#inside >= this.limit) return false;
    this.#inside++;
    return true;
  }

  /** Waits for a place, in order of arrival. False when `signal` fired first; only after true must the caller `leave`. */
  enter(signal?: AbortSignal): Promise<boolean> {
    if (this.tryEnter()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        resolve(false);
      };
      const start = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve(true);
      };
      this.#waiting.push(start);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside--;
    else next();
  }
}
