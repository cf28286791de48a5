/** A language model at work: its sessions, who may use them, and what runs next. Several models may share one. */
import type { LanguageModel } from './architectures/index.ts';
import type { LanguageSessions } from './language-sessions.ts';
import { Scheduler } from './scheduler.ts';
import { Slots } from './slots.ts';

export interface LanguageRunnerOptions {
  readonly sessions: LanguageSessions;
  readonly language: LanguageModel;
  /** Ids from here on have no piece in the tokenizer and are never written. */
  readonly pieces: number;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
}

export class LanguageRunner implements Disposable {
  readonly sessions: LanguageSessions;
  readonly slots: Slots;
  readonly scheduler: Scheduler;

  constructor({ sessions, language, pieces, maxConcurrent, maxQueued }: LanguageRunnerOptions) {
    this.sessions = sessions;
    this.slots = new Slots({ slots: maxConcurrent, maxQueued });
    this.scheduler = new Scheduler({ sessions, language, pieces });
  }

  [Symbol.dispose](): void {
    this.sessions[Symbol.dispose]();
  }
}
