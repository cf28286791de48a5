/** The next token from the model's scores. */
import type { Random } from './random.ts';
import { penaliseRepetition } from './repetition-penalty.ts';
import { argMax, softmax } from './softmax.ts';
import { applyTemperature } from './temperature.ts';
import { keepTopK } from './top-k.ts';
import { keepTopP } from './top-p.ts';

export interface SamplingOptions {
  /** 0: the likeliest token, always. */
  readonly temperature: number;
  readonly topP: number;
  /** Undefined: all tokens. */
  readonly topK: number | undefined;
  readonly repetitionPenalty: number;
}

/**
 * Changes the scores as asked, in the order of the transformers library: repetition, temperature, top-k, top-p. In
 * place; what is removed becomes −∞. `ids` is what was read and written so far.
 */
export function shapeScores(scores: Float32Array, ids: Iterable<number>, options: SamplingOptions): void {
  const { temperature, topP, topK, repetitionPenalty } = options;
  if (repetitionPenalty !== 1) penaliseRepetition(scores, ids, repetitionPenalty);
  if (temperature === 0) return;
  if (temperature !== 1) applyTemperature(scores, temperature);
  if (topK !== undefined) keepTopK(scores, topK);
  keepTopP(scores, topP);
}

/** A token by its shaped score; −1 when the scores are no numbers. Overwrites `scores`. */
export function chooseToken(
  scores: Float32Array,
  ids: Iterable<number>,
  options: SamplingOptions,
  random: Random,
): number {
  if (argMax(scores) < 0) return -1;
  shapeScores(scores, ids, options);
  return options.temperature === 0 ? argMax(scores) : draw(softmax(scores), random());
}

/** The token in whose stretch of [0, 1) `at` falls. */
export function draw(probabilities: Float32Array, at: number): number {
  let sum = 0;
  let last = -1;
  for (let id = 0; id < probabilities.length; id++) {
    const probability = probabilities[id] ?? 0;
    if (probability === 0) continue;
    sum += probability;
    last = id;
    if (at < sum) return id;
  }
  return last; // rounding left the sum just below 1
}
