/** Divides every score: below 1 the likely become likelier, above 1 all become more alike. In place. */
export function applyTemperature(scores: Float32Array, temperature: number): void {
  for (let id = 0; id < scores.length; id++) scores[id] = (scores[id] ?? 0) / temperature;
}
