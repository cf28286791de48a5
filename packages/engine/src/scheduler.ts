/**
 * Decides what the language model computes next: one waiting prompt, then a step of all answers together, and so on.
 * A single loop, so that nothing else touches the cache.
 */

import type { Answer } from './answer.ts';
import type { LanguageModel } from './architectures/index.ts';
import type { LanguageSessions } from './language-sessions.ts';
import type { FinishReason } from './types.ts';

export interface Work {
  readonly slot: number;
  readonly promptLength: number;
  /** The prompt's rows, [promptLength, hidden]. */
  readonly rows: Float32Array<ArrayBuffer>;
  readonly answer: Answer;
  readonly signal: AbortSignal;
}

interface Job extends Work {
  readonly settle: PromiseWithResolvers<FinishReason>;
}

export interface SchedulerOptions {
  readonly sessions: LanguageSessions;
  readonly language: LanguageModel;
  /** Ids from here on have no piece in the tokenizer and are never written. */
  readonly pieces: number;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #prompts: Job[] = [];
  readonly #active = new Set<Job>();
  #running = false;
  #steps = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get steps(): number {
    return this.#steps;
  }

  /**
   * Writes an answer. Settles when it has ended, or was aborted, and its slot is not touched any more: at the latest
   * after the step under way.
   */
  run(work: Work): Promise<FinishReason> {
    const job = { ...work, settle: Promise.withResolvers<FinishReason>() };
    this.#prompts.push(job);
    if (!this.#running) void this.#loop();
    return job.settle.promise;
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#prompts.length > 0 || this.#active.size > 0) {
      const prompt = this.#prompts.shift();
      if (prompt) await this.#prefill(prompt);
      this.#dropAborted();
      if (this.#active.size > 0) await this.#step();
      this.#dropAborted();
    }
    this.#running = false;
  }

  async #prefill(job: Job): Promise<void> {
    const { slot, rows, signal } = job;
    try {
      signal.throwIfAborted();
      const scores = await this.#options.sessions.prefill(slot, rows, signal);
      this.#active.add(job);
      this.#write(job, scores);
    } catch (error) {
      job.settle.reject(signal.aborted ? signal.reason : error);
    }
  }

  async #step(): Promise<void> {
    const { sessions, language } = this.#options;
    const jobs = [...this.#active];
    const steps = jobs.map(({ slot, promptLength, answer: { written } }) => ({
      slot,
      id: written.at(-1) ?? 0,
      position: language.answerPosition(promptLength, written.length - 1),
      cached: promptLength + written.length - 1,
    }));
    try {
      const scores = await sessions.step(steps);
      this.#steps++;
      for (const [index, job] of jobs.entries()) this.#write(job, scores[index] ?? new Float32Array());
    } catch (error) {
      for (const job of jobs) this.#end(job, () => job.settle.reject(error));
    }
  }

  #write(job: Job, scores: Float32Array): void {
    if (job.signal.aborted) return;
    try {
      const reason = job.answer.next(scores.subarray(0, this.#options.pieces));
      if (reason) this.#end(job, () => job.settle.resolve(reason));
    } catch (error) {
      this.#end(job, () => job.settle.reject(error));
    }
  }

  #dropAborted(): void {
    for (const job of this.#active) {
      if (job.signal.aborted) this.#end(job, () => job.settle.reject(job.signal.reason));
    }
  }

  #end(job: Job, settle: () => void): void {
    this.#active.delete(job);
    settle();
  }
}
