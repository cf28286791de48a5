import { softmax } from './softmax.ts';

/**
 * Nucleus sampling (arXiv 1904.09751): removes (−∞) all but the likeliest tokens whose probabilities first add up to
 * more than `topP`; the likeliest always stays. In place.
 */
export function keepTopP(scores: Float32Array, topP: number): void {
  if (topP >= 1) return;
  const probabilities = softmax(scores);
  // All tokens below this share, together, still miss what is to be removed; so none of them needs sorting.
  const share = (1 - topP) / scores.length;
  const candidates = probabilities.filter((probability) => probability >= share).sort();
  let above = 0;
  let threshold = candidates.at(-1) ?? 0;
  for (let index = candidates.length - 1; index >= 0 && above < topP; index--) {
    threshold = candidates[index] ?? 0;
    above += threshold;
  }
  for (let id = 0; id < scores.length; id++) {
    if ((probabilities[id] ?? 0) < threshold) scores[id] = Number.NEGATIVE_INFINITY;
  }
}
