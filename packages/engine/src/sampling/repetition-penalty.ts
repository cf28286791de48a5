/**
 * Makes every token that was read or written less likely (above 1) or likelier (below 1), once however often it stood
 * there: positive scores are divided, negative ones multiplied (CTRL, arXiv 1909.05858). In place.
 */
export function penaliseRepetition(scores: Float32Array, ids: Iterable<number>, penalty: number): void {
  for (const id of new Set(ids)) {
    const score = scores[id];
    if (score !== undefined) scores[id] = score < 0 ? score * penalty : score / penalty;
  }
}
