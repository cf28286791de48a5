/** Largest and mean absolute difference. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): { max: number; mean: number } {
  if (a.length !== b.length) throw new Error(`lengths ${a.length} and ${b.length} differ`);
  let max = 0;
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const distance = Math.abs((a[at] ?? Number.NaN) - (b[at] ?? Number.NaN));
    max = Math.max(max, distance);
    sum += distance;
  }
  return { max, mean: sum / a.length };
}
