import type { Features } from './features.ts';

/** Below this a column is taken for constant: fairseq's floor under the variance. */
const leastVariance = 1e-10;

/**
 * Brings each column to mean 0 and deviation 1 over the rows [n, width]. After fairseq's `utterance_cmvn`: the variance
 * is divided by n. Constant columns, as those of silence, become 0.
 *
 * `normaliseUtterance(fbank(samples, { window: 'povey' }))`
 */
export function normaliseUtterance({ shape, data }: Features): Features {
  const [rows, width] = shape;
  const normalised = new Float32Array(data.length);
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let at = column; at < data.length; at += width) sum += data[at] ?? 0;
    const mean = sum / rows;
    let squares = 0;
    for (let at = column; at < data.length; at += width) squares += ((data[at] ?? 0) - mean) ** 2;
    const deviation = Math.sqrt(Math.max(squares / rows, leastVariance));
    for (let at = column; at < data.length; at += width)
      normalised[at] = ((data[at] ?? 0) - mean) / deviation;
  }
  return { shape, data: normalised };
}
