/** Who may run: a fixed number of slots, and a bounded queue before them. */
import { EngineError } from './error.ts';

interface Waiter {
  take(slot: number): void;
}

export interface SlotsOptions {
  readonly slots: number;
  readonly maxQueued: number;
  /** For the hint when to come back; `performance.now` unless given. */
  readonly now?: () => number;
}

/** How much the newest answer counts in the average time an answer takes. */
const newestShare = 0.2;
/** Assumed before the first answer has ended. */
const firstGuessMs = 1000;
/** A hint never asks for more patience than this. */
const longestRetrySeconds = 60;

/** Hands out the lowest free slot, in the order of asking. */
export class Slots {
  readonly #free: number[];
  readonly #waiting: Waiter[] = [];
  readonly #taken = new Map<number, number>();
  readonly #options: Required<SlotsOptions>;
  #averageMs = firstGuessMs;

  constructor(options: SlotsOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#free = Array.from({ length: options.slots }, (_, slot) => slot);
  }

  get active(): number {
    return this.#taken.size;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  /** Resolves to a slot; rejects with the signal's reason. Throws `overloaded`, at once, when the queue is full. */
  take(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const slot = this.#free.shift();
    if (slot !== undefined) {
      this.#taken.set(slot, this.#options.now());
      return Promise.resolve(slot);
    }
    const { maxQueued } = this.#options;
    if (this.#waiting.length >= maxQueued) throw this.#overloaded();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: (given) => {
          signal.removeEventListener('abort', leave);
          resolve(given);
        },
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
  }

  give(slot: number): void {
    const now = this.#options.now();
    const took = now - (this.#taken.get(slot) ?? now);
    this.#averageMs += newestShare * (took - this.#averageMs);
    const next = this.#waiting.shift();
    if (next) {
      this.#taken.set(slot, now);
      next.take(slot);
      return;
    }
    this.#taken.delete(slot);
    this.#free.push(slot);
    this.#free.sort((a, b) => a - b);
  }

  #overloaded(): EngineError {
    const { slots, maxQueued } = this.#options;
    const waitMs = (this.#averageMs * (this.queued + 1)) / slots;
    const retryAfterSeconds = Math.min(longestRetrySeconds, Math.max(1, Math.ceil(waitMs / 1000)));
    return new EngineError(
      'overloaded',
      `${slots} requests are being answered and ${maxQueued} are waiting; try again in ${retryAfterSeconds} s.`,
      { retryAfterSeconds },
    );
  }
}
