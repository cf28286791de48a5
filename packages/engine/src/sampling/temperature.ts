/**
 * Divides every score: below 1 the likely become likelier, above 1 all become more alike. In place. The highest becomes 0, or
 * a tiny temperature would make all of them infinite, and so alike.
 */
export function applyTemperature(scores: Float32Array, temperature: number): void {
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  for (let id = 0; id < scores.length; id++) scores[id] = ((scores[id] ?? 0) - highest) / temperature;
}
