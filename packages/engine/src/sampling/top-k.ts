/** Removes (−∞) all scores below the k-th largest; equal ones stay together. In place. */
export function keepTopK(scores: Float32Array, k: number): void {
  if (k >= scores.length) return;
  const threshold = kthLargest(scores, k);
  for (let id = 0; id < scores.length; id++) {
    if ((scores[id] ?? 0) < threshold) scores[id] = Number.NEGATIVE_INFINITY;
  }
}

/**
 * The k-th largest value, by Hoare's selection: linear in the number of values, where sorting a vocabulary of 130 000
 * would hold the event loop up for some 10 ms.
 */
export function kthLargest(values: Float32Array, k: number): number {
  const rest = values.slice();
  let from = 0;
  let to = rest.length - 1;
  const wanted = k - 1;
  while (from < to) {
    const pivot = rest[(from + to) >> 1] ?? 0;
    let left = from;
    let right = to;
    while (left <= right) {
      while ((rest[left] ?? 0) > pivot) left++;
      while ((rest[right] ?? 0) < pivot) right--;
      if (left > right) break;
      const moved = rest[left] ?? 0;
      rest[left++] = rest[right] ?? 0;
      rest[right--] = moved;
    }
    if (wanted <= right) to = right;
    else if (wanted >= left) from = left;
    else break;
  }
  return rest[wanted] ?? Number.NEGATIVE_INFINITY;
}
