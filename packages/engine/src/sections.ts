/** Large networks as several sessions in a row: ONNX Runtime converts and packs the weights of a session on one core. */
import type { Section } from '@x-llm/models';
import type { Graph } from '@x-llm/onnx';

/** From so many bytes on, packing weights takes long enough to be worth dividing: a fifth of a second a session. */
const smallBytes = 100e6;

/** Two sessions a core even out what is in the last one beside layers. */
export const sectionsFor = (sizeBytes: number, threads: number): number =>
  Math.max(1, Math.min(2 * threads, Math.floor(sizeBytes / smallBytes)));

/** Layers in so many sections of about the same number. */
export function divide(layers: number, sections: number): Section[] {
  const count = Math.min(Math.max(sections, 1), layers);
  return Array.from({ length: count }, (_, index) => ({
    from: Math.floor((index * layers) / count),
    to: Math.floor(((index + 1) * layers) / count),
  }));
}

/**
 * From so many bytes on, threads that wait for the next product spin, and matrices of float32 are multiplied by as they are:
 * packing a second copy of gigabytes takes longer than it saves in a dozen runs (docs/decisions/0020).
 */
export const largeBytes = 1e9;

/** Whether some of its matrices have few bits: such products are unusably slow unless they are packed. */
export const isQuantized = ({ nodes }: Graph): boolean => nodes.some(({ op }) => op.type === 'MatMulNBits');

/** What the weights of a graph take once they are loaded on a CPU: numbers of two bytes become float32. */
export function loadedBytes({ initializers }: Graph): number {
  return initializers.reduce((sum, { dtype, data }) => {
    const stored = 'path' in data ? data.sizeBytes : data.byteLength;
    return sum + (dtype === 'float16' || dtype === 'bfloat16' ? 2 * stored : stored);
  }, 0);
}
