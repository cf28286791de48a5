/** The place of the largest score, the first of equal ones; −1 when there is a NaN or nothing is left. */
export function argMax(scores: Float32Array): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? 0;
    if (Number.isNaN(score)) return -1;
    if (score > most) {
      most = score;
      best = id;
    }
  }
  return best;
}

/** Scores as probabilities; a removed token (−∞) has none. */
export function softmax(scores: Float32Array): Float32Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  const out = new Float32Array(scores.length);
  let sum = 0;
  for (let id = 0; id < scores.length; id++) {
    const weight = Math.exp((scores[id] ?? 0) - most);
    out[id] = weight;
    sum += weight;
  }
  for (let id = 0; id < out.length; id++) out[id] = (out[id] ?? 0) / sum;
  return out;
}
