/** One answer while it is written: from scores to tokens to text, and when to end. */
import { AnswerCleaner, type CleanUp, type IncrementalDecoder } from '@x-llm/text';
import { EngineError } from './error.ts';
import { chooseToken, type SamplingOptions } from './sampling/choose.ts';
import { createRandom, type Random } from './sampling/random.ts';
import { StopStrings } from './stop-strings.ts';
import type { FinishReason } from './types.ts';

export interface AnswerOptions {
  readonly sampling: SamplingOptions;
  readonly seed: number;
  readonly stop: readonly string[];
  readonly maxTokens: number;
  /** Whether what is written is all there can be: asked after each token that does not end the answer. */
  readonly isAll?: ((text: string, tokens: number) => boolean) | undefined;
  readonly endTokens: readonly number[];
  /** Whether the repetition penalty looks at the question, too. */
  readonly repetitionOf: 'conversation' | 'answer';
  readonly promptIds: readonly number[];
  readonly decoder: IncrementalDecoder;
  /** What is put right before stop strings are looked for: they are those of what is read. Nothing unless given. */
  readonly cleanUp?: CleanUp | undefined;
  onText(text: string): void;
}

export class Answer {
  readonly #options: AnswerOptions;
  readonly #random: Random;
  readonly #stops: StopStrings;
  readonly #cleaner: AnswerCleaner | undefined;
  /** Tokens so far, without the one that ends the answer. */
  readonly written: number[] = [];
  /** What they say, as far as characters are whole. */
  #text = '';

  constructor(options: AnswerOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
    this.#stops = new StopStrings(options.stop);
    this.#cleaner = options.cleanUp && new AnswerCleaner(options.cleanUp);
  }

  /** Writes the next token; returns why the answer has ended with it, if it has. Overwrites `scores`. */
  next(scores: Float32Array): FinishReason | undefined {
    const { sampling, endTokens, maxTokens, isAll, decoder } = this.#options;
    const id = chooseToken(scores, this.#repeatable(), sampling, this.#random);
    if (id < 0) {
      throw new EngineError(
        'model_failure',
        'the model computed scores that are no numbers: are its weights damaged?',
      );
    }
    if (endTokens.includes(id)) return this.#flush('stop');
    this.written.push(id);
    const piece = decoder.push(id);
    this.#text += piece;
    if (this.#send(piece)) return 'stop';
    const isLong = this.written.length >= maxTokens || isAll?.(this.#text, this.written.length);
    return isLong ? this.#flush('length') : undefined;
  }

  /** What is less likely to be written again. */
  #repeatable(): readonly number[] {
    const { sampling, repetitionOf, promptIds } = this.#options;
    if (sampling.repetitionPenalty === 1) return [];
    return repetitionOf === 'answer' ? this.written : [...promptIds, ...this.written];
  }

  /** Sends what was held back: half characters as they are, what waits to be put right, beginnings of stop strings. */
  #flush(reason: FinishReason): FinishReason {
    if (this.#send(this.#options.decoder.flush()) || this.#pass(this.#cleaner?.flush() ?? '')) return 'stop';
    this.#emit(this.#stops.flush());
    return reason;
  }

  /** Whether a stop string was met. */
  #send(piece: string): boolean {
    return this.#pass(this.#cleaner?.push(piece) ?? piece);
  }

  #pass(piece: string): boolean {
    const { text, stopped } = this.#stops.push(piece);
    this.#emit(text);
    return stopped;
  }

  #emit(text: string): void {
    if (text !== '') this.#options.onText(text);
  }
}
